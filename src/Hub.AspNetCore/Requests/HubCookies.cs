using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Sets and clears the hub's cookies (contract 7.1).</summary>
internal static class HubCookies
{
    public static void SetLogin(HubRequest request, string value)
    {
        var days = request.Get<JupyterHubOptions>().CookieOptions.ExpiresDays;
        Set(request, LoginName(request), value, LoginPath(request), days > 0 ? TimeSpan.FromDays(days) : null);
    }

    public static void SetSession(HubRequest request, string sessionId) =>
        Set(request, SessionId.CookieName, sessionId, SessionPath(request), lifetime: null);

    /// <summary>Scripts of the hub's pages read this one, so it is open to them.</summary>
    public static void SetXsrf(HubRequest request, string token, bool isAnonymous) =>
        Set(request, XsrfTokens.Name, token, request.Addresses.HubPath, isAnonymous ? XsrfTokens.AnonymousLifetime : null, isHttpOnly: false);

    /// <summary>What one page tells the next.</summary>
    public static void SetNotice(HubRequest request, string name, string value, TimeSpan lifetime) => Set(request, name, value, request.Addresses.HubPath, lifetime);

    public static void ClearNotice(HubRequest request, string name) => Clear(request, name, request.Addresses.HubPath);

    public static void ClearLogin(HubRequest request) => Clear(request, LoginName(request), LoginPath(request));

    /// <summary>Clears whatever a signed-out browser must not keep.</summary>
    public static void ClearAll(HubRequest request)
    {
        ClearLogin(request);
        Clear(request, XsrfTokens.Name, request.Addresses.HubPath);
        Clear(request, SessionId.CookieName, SessionPath(request));
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

    /// <summary>What is cleared must look like what was set, or browsers keep it.</summary>
    private static SetCookieHeaderValue Cookie(HubRequest request, string name, string value, string path)
    {
        var options = request.Get<JupyterHubOptions>().CookieOptions;
        var isHostOnly = name.StartsWith(LoginCookie.HostPrefix, StringComparison.Ordinal);
        return new SetCookieHeaderValue(name, value)
        {
            Path = path,
            Domain = options.Domain,
            SameSite = options.SameSite switch
            {
                HubSameSite.Lax => SameSiteMode.Lax,
                HubSameSite.Strict => SameSiteMode.Strict,
                HubSameSite.None => SameSiteMode.None,
                _ => SameSiteMode.Unspecified,
            },
            Secure = isHostOnly || (options.Secure ?? (request.Addresses.PublicUrl is { } url ? url.Scheme == Uri.UriSchemeHttps : request.Client.IsHttps)),
        };
    }

    private static string LoginName(HubRequest request) => LoginCookie.NameOf(request.Get<JupyterHubOptions>());

    private static string LoginPath(HubRequest request)
    {
        var options = request.Get<JupyterHubOptions>();
        return options.CookieHostPrefixEnabled ? "/" : options.CookieOptions.Path ?? request.Addresses.HubPath;
    }

    private static string SessionPath(HubRequest request) => request.Get<JupyterHubOptions>().CookieOptions.Path ?? request.Addresses.BasePath;

    /// <summary>The platform's own way would escape values, which the original and its clients do not undo. The last word on a cookie counts.</summary>
    private static void Append(HubRequest request, SetCookieHeaderValue cookie)
    {
        var response = request.Http.Response;
        var mark = cookie.Name + "=";
        var others = response.Headers.SetCookie.Where(earlier => earlier?.StartsWith(mark, StringComparison.Ordinal) != true).ToArray();
        response.Headers.SetCookie = new StringValues([.. others, cookie.ToString()]);
    }
}
