namespace JupyterHub.Proxy.Routing;

/// <summary>
/// One segment in the tree of routes. Immutable: a change makes new nodes along its own path and shares all others,
/// so its cost depends on the depth of the path and not on the number of routes.
/// </summary>
internal sealed class RouteNode
{
    public static readonly RouteNode Root = new("", null, SegmentMap.Empty, null);

    private RouteNode(string segment, RouteEntry? route, SegmentMap children, RouteNode? sameHash)
    {
        Segment = segment;
        Hash = SegmentMap.HashOf(segment);
        Route = route;
        Children = children;
        SameHash = sameHash;
    }

    /// <summary>The decoded segment; in the map of hosts the host.</summary>
    public string Segment { get; }

    public int Hash { get; }

    /// <summary>The route that ends here, if one does.</summary>
    public RouteEntry? Route { get; }

    public SegmentMap Children { get; }

    /// <summary>Next of the siblings whose segment has the same hash.</summary>
    public RouteNode? SameHash { get; }

    /// <summary>True when neither a route ends here nor one passes through.</summary>
    public bool IsBare => Route is null && Children.IsEmpty;

    public static RouteNode For(string segment) => new(segment, null, SegmentMap.Empty, null);

    public RouteNode WithSameHash(RouteNode? next) => new(Segment, Route, Children, next);

    /// <summary>
    /// The tree below this node with the route at a path, or without when it is null. The path's segments become those that the tree has
    /// already: "user" is held once and not for every user.
    /// </summary>
    public RouteNode With(Span<string> path, RouteEntry? route)
    {
        if (path.IsEmpty)
        {
            return new RouteNode(Segment, route, Children, null);
        }

        var child = Children.Find(path[0]);
        if (child is null && route is null)
        {
            return this;
        }

        path[0] = child?.Segment ?? path[0];
        var changed = (child ?? For(path[0])).With(path[1..], route);
        var children = changed.IsBare ? Children.Without(path[0]) : Children.With(changed);
        return new RouteNode(Segment, Route, children, null);
    }

    /// <summary>The route that ends exactly at a path.</summary>
    public RouteEntry? Find(ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var segment in path)
        {
            node = node.Children.Find(segment);
            if (node is null)
            {
                return null;
            }
        }

        return node.Route;
    }

    /// <summary>Collects every route here and below.</summary>
    public void CollectTo(List<RouteEntry> routes)
    {
        if (Route is not null)
        {
            routes.Add(Route);
        }

        if (!Children.IsEmpty)
        {
            Children.ForEach(child => child.CollectTo(routes));
        }
    }
}
