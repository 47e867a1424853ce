using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Authentication;

/// <summary>Finds whom a request comes from: by its header for programs, by this app's cookie for browsers.</summary>
internal sealed class Visitors(ServiceSettings settings, IdentityCache identities, TokenCookie cookie, IOptionsMonitor<JupyterHubAuthenticationOptions> options)
{
    private const string SessionCookie = "jupyterhub-session-id";

    /// <summary>Null when the request has no credential that the hub knows.</summary>
    /// <exception cref="JupyterHubException">The hub cannot be asked.</exception>
    /// <exception cref="HubRefusalException">The credential is known but does not open this app, or not in this way.</exception>
    public async Task<Visitor?> FindAsync(HttpContext context)
    {
        // A request that brings a header is judged by it alone, so that nothing is added to what it asked for.
        var isProgram = context.Request.Headers.Authorization.Count > 0;
        var token = isProgram ? AuthorizationHeader.ReadToken(context.Request) : cookie.Read(context.Request);
        if (token is null || await identities.FindAsync(token, SessionOf(context.Request), context.RequestAborted) is not { } identity)
        {
            return null;
        }

        if (!isProgram && await RefusalAsync(context, token) is { } refusal)
        {
            throw new HubRefusalException("Refused", refusal);
        }

        return identities.MayEnter(identity)
            ? new Visitor(identity, token)
            : throw new HubRefusalException("You may not enter", $"You are signed in as {identity.Name}, who may not use this.");
    }

    public static string SessionOf(HttpRequest request) => request.Cookies[SessionCookie] ?? "";

    private Task<string?> RefusalAsync(HttpContext context, string token) =>
        CrossSiteCheck.RefusalAsync(context, settings, options.Get(JupyterHubDefaults.AuthenticationScheme).CrossSiteProtection, token);
}
