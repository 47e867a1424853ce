using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>How a route's target is addressed.</summary>
internal static class TargetAddress
{
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

    // A request for "/user/ada" itself, without a slash after it, asks for the server's root.
    private static string WithoutRoute(RequestTarget target, int segments) =>
        segments < target.SegmentCount
            ? target.RawFrom(segments).ToString()
            : $"/{target.PathAndQuery.AsSpan(target.RawPath.Length)}";
}
