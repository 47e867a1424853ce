using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.Http;

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
        var options = Options(request, path);
        options.HttpOnly = isHttpOnly;
        options.MaxAge = lifetime;
        if (lifetime is { } span)
        {
            options.Expires = request.Get<TimeProvider>().GetUtcNow() + span;
        }

        request.Http.Response.Cookies.Append(name, value, options);
    }

    private static void Clear(HubRequest request, string name, string path) => request.Http.Response.Cookies.Delete(name, Options(request, path));

    private static CookieOptions Options(HubRequest request, string path) => new() { Path = path, Secure = request.Addresses.PublicUrl is { } url ? url.Scheme == Uri.UriSchemeHttps : request.Client.IsHttps };
}
