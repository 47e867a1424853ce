using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authentication.Identities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Where redirect logins begin and end.</summary>
internal static class RedirectLoginPages
{
    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "login/{login}", StartAsync).AllowAnonymous();
        routes.Page("GET", "login/{login}/callback", request => request.Get<RedirectSession>().EndAsync(request, Find(request))).AllowAnonymous();
    }

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<RedirectLogins>();
        services.AddSingleton<RedirectSession>();
        services.AddSingleton<SignInSession>();
        services.AddSingleton<HubProtector>();
        services.AddSingleton<LoginCookies>();
        services.AddSingleton<LoginFlows>();
        services.AddSingleton<ExternalTickets>();
        services.Replace(ServiceDescriptor.Singleton<LoginIssuers>(provider => provider.GetRequiredService<RedirectLogins>().Issuers));
    }

    private static async Task StartAsync(HubRequest request)
    {
        var login = Find(request);
        if (request.Http.Request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate"))
        {
            // A picture or a script of another site has no business to begin sign-ins.
            throw HubHttpException.Forbidden("Sign in by opening this address.");
        }

        var next = NextAddress.Safe(request);
        if (request.Requester is { } known)
        {
            await request.RedirectAsync(request.Get<NextAddress>().AfterReturn(request, known.Name, next));
            return;
        }

        await login.StartAsync(request, next);
    }

    private static RedirectLogin Find(HubRequest request) =>
        request.Get<RedirectLogins>().Find(request.Value("login")) ?? throw HubHttpException.NotFound("There is no such way to sign in.");
}
