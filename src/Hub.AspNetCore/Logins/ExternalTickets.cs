using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Keeps whom a handler of the application brought back, in a cookie that lives until the hub has read it, as ASP.NET Core Identity does with external logins.</summary>
internal sealed class ExternalTickets(HubProtector protector, LoginCookies cookies, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly AuthenticationScheme Scheme = new(JupyterHubLogins.ExternalScheme, null, typeof(CookieAuthenticationHandler));

    private readonly FixedOptions<CookieAuthenticationOptions> settings = new(new CookieAuthenticationOptions
    {
        Cookie = cookies.Create("jupyterhub-external"),
        CookieManager = new ChunkingCookieManager(),
        ExpireTimeSpan = TimeSpan.FromMinutes(5),
        SlidingExpiration = false,
        TicketDataFormat = new TicketDataFormat(protector.CreateProtector("external")),
        TimeProvider = time,
    });

    /// <summary>The handler for one request.</summary>
    public async Task<IAuthenticationHandler> HandlerAsync(HttpContext context)
    {
        var handler = new CookieAuthenticationHandler(settings, loggers, UrlEncoder.Default);
        await handler.InitializeAsync(Scheme, context);
        return handler;
    }
}
