using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;

namespace JupyterHub.AspNetCore.Authentication;

/// <summary>The browser session of a request that shows a login cookie (contract 7.2).</summary>
internal static class Sessions
{
    /// <summary>The session id that the browser sent, if it is one.</summary>
    public static string? Of(HubRequest request) =>
        RequestCookies.All(request.Http.Request, SessionId.CookieName).Select(SessionId.Read).FirstOrDefault(id => id is not null);

    /// <summary>The browser's session id; a browser that has none is given one.</summary>
    public static string Ensure(HubRequest request)
    {
        if (Of(request) is { } known)
        {
            return known;
        }

        var created = SessionId.Create();
        HubCookies.SetSession(request, created);
        return created;
    }
}
