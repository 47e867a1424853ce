using JupyterHub.Core.Addressing;

namespace JupyterHub.Proxy.Routing;

/// <summary>All routes at one moment. Immutable; whoever holds it reads without locks.</summary>
internal sealed class RouteSnapshot
{
    public static readonly RouteSnapshot Empty = new(RouteNode.Root, SegmentMap.Empty, 0);

    private const int LongestHost = 255;

    private readonly RouteNode paths;
    private readonly SegmentMap hosts;

    private RouteSnapshot(RouteNode paths, SegmentMap hosts, int count)
    {
        this.paths = paths;
        this.hosts = hosts;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Every route, in no particular order. Collected anew each time.</summary>
    public IReadOnlyList<RouteEntry> Routes
    {
        get
        {
            var routes = new List<RouteEntry>(Count);
            hosts.ForEach(host => host.CollectTo(routes));
            paths.CollectTo(routes);
            return routes;
        }
    }

    /// <summary>
    /// The route with the most segments in common from the first on, comparing decoded segments. Routes of the
    /// request's host come before those of every host.
    /// </summary>
    public RouteEntry? Match(RequestTarget target, ReadOnlySpan<char> host)
    {
        if (target.Form == RequestTargetForm.Asterisk)
        {
            return null;
        }

        return (hosts.IsEmpty ? null : MatchHost(target, host)) ?? Longest(paths, target);
    }

    public RouteEntry? Find(Routespec routespec) =>
        (routespec.Host.Length == 0 ? paths : hosts.Find(routespec.Host))?.Find(routespec.Segments);

    /// <summary>These routes with another at a place, or none when it is null.</summary>
    public RouteSnapshot With(Routespec routespec, RouteEntry? route) => With(routespec, route, Find(routespec));

    /// <summary>The same for somebody who knows what is at that place now.</summary>
    public RouteSnapshot With(Routespec routespec, RouteEntry? route, RouteEntry? before)
    {
        var count = Count - (before is null ? 0 : 1) + (route is null ? 0 : 1);
        if (routespec.Host.Length == 0)
        {
            return new RouteSnapshot(paths.With(routespec.Segments, route), hosts, count);
        }

        var host = (hosts.Find(routespec.Host) ?? RouteNode.For(routespec.Host)).With(routespec.Segments, route);
        return new RouteSnapshot(paths, host.IsBare ? hosts.Without(routespec.Host) : hosts.With(host), count);
    }

    private RouteEntry? MatchHost(RequestTarget target, ReadOnlySpan<char> host)
    {
        var colon = host.IndexOf(':');
        var name = colon < 0 ? host : host[..colon];
        if (name.IsEmpty || name.Length > LongestHost)
        {
            return null;
        }

        Span<char> lower = stackalloc char[LongestHost];
        var length = name.ToLowerInvariant(lower);
        return hosts.Find(lower[..length]) is { } node ? Longest(node, target) : null;
    }

    private static RouteEntry? Longest(RouteNode node, RequestTarget target)
    {
        var longest = node.Route;
        for (var index = 0; index < target.SegmentCount && !node.Children.IsEmpty; index++)
        {
            if (node.Children.Find(target.Segment(index)) is not { } child)
            {
                break;
            }

            node = child;
            longest = node.Route ?? longest;
        }

        return longest;
    }
}
