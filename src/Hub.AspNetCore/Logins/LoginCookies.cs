using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Describes the cookies that logins need while they are under way.</summary>
internal sealed class LoginCookies(JupyterHubOptions options, HubAddresses addresses, ClientAddresses clients)
{
    public CookieBuilder Create(string name, TimeSpan? lifetime = null) => new LoginCookieBuilder(name, options, addresses, clients) { Expiration = lifetime };
}
