using JupyterHub.Core.Authentication;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Sets and clears the hub's cookies (contract 7.1).</summary>
internal static class HubCookies
{
    public static void SetLogin(HubRequest request, string value) =>
        Set(request, LoginCookie.Name, value, request.Addresses.HubPath, LoginCookie.BrowserLifetime);

    public static void SetSession(HubRequest request, string sessionId) =>
        Set(request, SessionId.CookieName, sessionId, request.Addresses.BasePath, lifetime: null);

    /// <summary>Scripts of the hub's pages read this one, so it is open to them.</summary>
    public static void SetXsrf(HubRequest request, string token, bool isAnonymous) =>
        Set(request, XsrfTokens.Name, token, request.Addresses.HubPath, isAnonymous ? XsrfTokens.AnonymousLifetime : null, isHttpOnly: false);

    public static void ClearLogin(HubRequest request) => Clear(request, LoginCookie.Name, request.Addresses.HubPath);

    /// <summary>Clears whatever a signed-out browser must not keep.</summary>
    public static void ClearAll(HubRequest request)
    {
        ClearLogin(request);
        Clear(request, XsrfTokens.Name, request.Addresses.HubPath);
        Clear(request, SessionId.CookieName, request.Addresses.BasePath);
        Clear(request, "jupyterhub-services", request.Addresses.BasePath + "services");
    }

    private static void Set(HubRequest request, string name, string value, string path, TimeSpan? lifetime, bool isHttpOnly = true)
    {
        var cookie = Cookie(request, name, value, path);
        cookie.HttpOnly = isHttpOnly;
        cookie.MaxAge = lifetime;
        if (lifetime is { } span)
        {
            cookie.Expires = request.Get<TimeProvider>().GetUtcNow() + span;
        }

        Append(request, cookie);
    }

    private static void Clear(HubRequest request, string name, string path)
    {
        var cookie = Cookie(request, name, "", path);
        cookie.Expires = DateTimeOffset.UnixEpoch;
        Append(request, cookie);
    }

    private static SetCookieHeaderValue Cookie(HubRequest request, string name, string value, string path) => new(name, value)
    {
        Path = path,
        Secure = request.Addresses.PublicUrl is { } url ? url.Scheme == Uri.UriSchemeHttps : request.Client.IsHttps,
    };

    /// <summary>The platform's own way would escape values, which the original and its clients do not undo. The last word on a cookie counts.</summary>
    private static void Append(HubRequest request, SetCookieHeaderValue cookie)
    {
        var response = request.Http.Response;
        var mark = cookie.Name + "=";
        var others = response.Headers.SetCookie.Where(earlier => earlier?.StartsWith(mark, StringComparison.Ordinal) != true).ToArray();
        response.Headers.SetCookie = new StringValues([.. others, cookie.ToString()]);
    }
}
