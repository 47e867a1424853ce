using Workspace.Hub;

namespace Workspace.SignIn;

/// <summary>Finds whom a request comes from: by its header for programs, by this server's cookie for browsers.</summary>
internal sealed class Visitors(WorkspaceSettings settings, HubUserCache users, TokenCookie cookie)
{
    public async Task<HubUser?> FindAsync(HttpContext context)
    {
        var token = AuthorizationHeader.ReadToken(context.Request) ?? cookie.Read(context.Request);
        var session = context.Request.Cookies["jupyterhub-session-id"] ?? "";
        return token is null ? null : await users.FindAsync(token, session, context.RequestAborted);
    }

    /// <summary>For connections that stay open: false once the visitor has signed out or lost access.</summary>
    public async Task<bool> IsStillWelcomeAsync(HttpContext context)
    {
        try
        {
            return await FindAsync(context) is { } user && HubAccess.Allows(settings.AccessScopes, user.Scopes ?? []);
        }
        catch (HubUnavailableException)
        {
            // A hub that restarts throws nobody out.
            return true;
        }
    }
}
