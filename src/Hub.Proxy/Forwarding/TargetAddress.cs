using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>How a route's target is addressed.</summary>
internal static class TargetAddress
{
    private const int EscapedSlash = 3;

    /// <summary>Path and query that the server is asked for: usually as the client sent them.</summary>
    public static string PathAndQuery(RequestTarget target, RouteEntry route, ForwardingOptions options)
    {
        var prefix = options.PrependsTargetPath ? route.Target.Path : "";
        if (options.IncludesPrefix || route.Routespec.Segments.Length == 0 || target.Form == RequestTargetForm.Asterisk)
        {
            return prefix.Length == 0 ? target.PathAndQuery : $"{prefix}{target.PathAndQuery}";
        }

        return $"{prefix}{WithoutRoute(target, route.Routespec.Segments.Length)}";
    }

    // A request for "/user/ada" itself, without a slash after it, asks for the server's root. Where routes are left out of paths, an escaped
    // slash was a slash when the route was looked for.
    private static string WithoutRoute(RequestTarget target, int segments)
    {
        var path = target.RawPath[1..];
        for (var segment = 0; segment < segments; segment++)
        {
            var slash = path.IndexOf('/');
            var escaped = path.IndexOf("%2F", StringComparison.OrdinalIgnoreCase);
            var length = escaped >= 0 && (slash < 0 || escaped < slash) ? EscapedSlash : 1;
            var end = length == 1 ? slash : escaped;
            path = end < 0 ? default : path[(end + length)..];
        }

        return $"/{path}{target.PathAndQuery.AsSpan(target.RawPath.Length)}";
    }
}
