using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>
/// Cookies that bind a login to the browser that began it. They must come along when another site sends the browser back, so they are
/// <c>Lax</c> whatever the hub's other cookies are.
/// </summary>
internal sealed class LoginCookieBuilder : CookieBuilder
{
    private readonly ClientAddresses clients;
    private readonly bool? isSecure;

    public LoginCookieBuilder(string name, JupyterHubOptions options, HubAddresses addresses, ClientAddresses clients)
    {
        this.clients = clients;
        var isHostOnly = options.CookieHostPrefixEnabled;
        isSecure = isHostOnly ? true : options.CookieOptions.Secure ?? (addresses.PublicUrl is { } url ? url.Scheme == Uri.UriSchemeHttps : null);
        Name = isHostOnly ? LoginCookie.HostPrefix + name : name;
        Path = isHostOnly ? "/" : addresses.HubPath + "login";
        HttpOnly = true;
        IsEssential = true;
        SameSite = SameSiteMode.Lax;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var cookie = base.Build(context, expiresFrom);
        cookie.Secure = isSecure ?? clients.Of(context).IsHttps;
        return cookie;
    }
}
