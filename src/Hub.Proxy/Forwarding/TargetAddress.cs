using System.Globalization;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>How a route's target is addressed.</summary>
internal static class TargetAddress
{
    /// <summary>Host and, where it is not the scheme's own, port of a target, as <c>Host</c> has them.</summary>
    public static string HostOf(Uri target)
    {
        var host = target.HostNameType == UriHostNameType.IPv6 ? target.Host : target.IdnHost;
        return target.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{target.Port}");
    }

    /// <summary>Path and query that the server is asked for: usually as the client sent them.</summary>
    public static string PathAndQuery(RequestTarget target, RouteEntry route, ForwardingOptions options)
    {
        var prefix = options.PrependsTargetPath && route.Target.AbsolutePath is { Length: > 1 } path ? path.AsSpan().TrimEnd('/') : default;
        if (options.IncludesPrefix || route.Routespec.Segments.Length == 0 || target.Form == RequestTargetForm.Asterisk)
        {
            return prefix.IsEmpty ? target.PathAndQuery : $"{prefix}{target.PathAndQuery}";
        }

        return $"{prefix}{WithoutRoute(target, route.Routespec.Segments.Length)}";
    }

    // A request for "/user/ada" itself, without a slash after it, asks for the server's root.
    private static string WithoutRoute(RequestTarget target, int segments) =>
        segments < target.SegmentCount
            ? target.RawFrom(segments).ToString()
            : $"/{target.PathAndQuery.AsSpan(target.RawPath.Length)}";
}
