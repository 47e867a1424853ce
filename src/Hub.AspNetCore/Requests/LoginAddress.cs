using JupyterHub.AspNetCore.Logins;
using JupyterHub.Core.Authentication;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Where a person signs in before what was asked for is shown.</summary>
internal static class LoginAddress
{
    public static string For(HubRequest request) =>
        request.Route.IsForOAuthClients && request.Get<AuthenticatorOptions>().AutoLoginOauth2Authorize && request.Get<RedirectLogins>().All is [var login]
            ? RedirectLogin.StartPath(request.Addresses.HubPath, login.Name, request.Target.PathAndQuery)
            : $"{request.Addresses.HubPath}login?next={Uri.EscapeDataString(request.Target.PathAndQuery)}";
}
