namespace Workspace.Live;

/// <summary>
/// Browsers send cookies along with a WebSocket that any site opens, so the site must be this one. A program that
/// brings its token in a header has no site.
/// </summary>
internal static class SocketOrigin
{
    public static bool IsAllowed(HttpRequest request, string publicHost)
    {
        if (request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return request.Headers.Origin.Count == 0 && request.Headers.Authorization.Count == 1;
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"))
        {
            return false;
        }

        return site.Authority.Equals(WithoutDefaultPort(request.Host.Value, site.Scheme), StringComparison.OrdinalIgnoreCase)
            || origin.Equals(publicHost, StringComparison.OrdinalIgnoreCase);
    }

    private static string WithoutDefaultPort(string? host, string scheme) =>
        Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var url) ? url.Authority : "";
}
