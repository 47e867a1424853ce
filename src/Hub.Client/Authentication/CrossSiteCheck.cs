using JupyterHub.Client.Http;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>
/// Browsers send cookies along with whatever any page asks them to. A request that can do harm and has only a cookie must show that
/// a page of this app sent it.
/// </summary>
internal static class CrossSiteCheck
{
    /// <summary>Why the request is refused; null when it may pass.</summary>
    public static async Task<string?> RefusalAsync(HttpContext context, ServiceSettings settings, HubCrossSiteProtection protection, string visitorToken)
    {
        if (!RequestKinds.IsUnsafe(context))
        {
            return null;
        }

        if (!IsSameOrigin(context.Request, settings))
        {
            return "This request does not come from a page of this app.";
        }

        // A WebSocket cannot bring a token in a header.
        if (protection == HubCrossSiteProtection.Origin || !RequestKinds.IsUnsafeMethod(context.Request))
        {
            return null;
        }

        return XsrfToken.IsValid(await GivenTokenAsync(context.Request), visitorToken)
            ? null
            : $"The XSRF token is missing or wrong: send the value of the cookie '{settings.Cookies.XsrfName}' in the header X-XSRFToken or in the form field _xsrf.";
    }

    private static bool IsSameOrigin(HttpRequest request, ServiceSettings settings)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site != "same-origin")
        {
            return false;
        }

        if (request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return request.Headers.Origin.Count == 0 && request.Headers["Sec-Fetch-Site"] == "same-origin";
        }

        return settings.PublicOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase) || IsHostOf(request, origin);
    }

    /// <summary>Compares hosts only: what ends TLS in front of this app may not say so.</summary>
    private static bool IsHostOf(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var site)
        && site.Scheme is "http" or "https"
        && Uri.TryCreate($"{site.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
        && site.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase);

    private static async Task<string?> GivenTokenAsync(HttpRequest request)
    {
        if (request.Headers["X-XSRFToken"] is [{ Length: > 0 } header])
        {
            return header;
        }

        if (!request.HasFormContentType || !request.ContentType!.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return (await request.ReadFormAsync(request.HttpContext.RequestAborted))["_xsrf"];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
