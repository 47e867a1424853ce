using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Rewrites redirects that name a server by an address that only the proxy knows.</summary>
internal static class Redirects
{
    /// <summary>Changes an answer's <c>Location</c> where the options say so and it names the route's target.</summary>
    public static void Rewrite(HttpContext context, RouteEntry route, ForwardingOptions options)
    {
        var response = context.Response;
        if ((options.RewritesRedirects || options.RedirectScheme is not null)
            && response.StatusCode is 201 or 301 or 302 or 307 or 308
            && response.Headers.Location is [{ } location])
        {
            response.Headers.Location = Rewrite(location, context.Request.Host.Value, route.Target, options);
        }
    }

    private static string Rewrite(string location, string? clientHost, UpstreamTarget target, ForwardingOptions options)
    {
        var scheme = location.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0
            || !Uri.TryCreate(location, UriKind.Absolute, out var uri)
            || uri.Port != target.Port
            || !uri.IdnHost.Equals(target.Host, StringComparison.OrdinalIgnoreCase))
        {
            return location;
        }

        var rest = location.AsSpan(scheme + 3);
        var authority = rest.IndexOfAny("/?#") is >= 0 and var end ? rest[..end] : rest;
        var host = options.RewritesRedirects && clientHost is { Length: > 0 } ? clientHost : authority;
        return $"{(options.RedirectScheme ?? location.AsSpan(0, scheme))}://{host}{rest[authority.Length..]}";
    }
}
