using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>The hub's endpoints as a tree of raw path segments: exact in case, slashes and encoding, which the platform's routing is not.</summary>
internal sealed class HubRouteTable
{
    private readonly Node root = new();
    private readonly List<HubRoute> routes = [];

    public IReadOnlyList<HubRoute> Routes => routes;

    public HubRoute Api(string method, string pattern, Func<HubRequest, Task> handler) => Add(new HubRoute(HubRouteKind.Api, method, pattern, handler));

    public HubRoute Page(string method, string pattern, Func<HubRequest, Task> handler) => Add(new HubRoute(HubRouteKind.Page, method, pattern, handler));

    /// <summary>Finds the routes at a path, by method, with what its parameters hold.</summary>
    /// <param name="target">The request target. Literal parts of a route are compared with its segments as they were sent, names are decoded.</param>
    /// <param name="first">Index of the first segment below the hub's path.</param>
    public HubRouteMatch? Match(RequestTarget target, int first)
    {
        var values = new RouteValues();
        var node = Walk(root, target, first, values);
        return node is null ? null : new HubRouteMatch(node.ByMethod, values);
    }

    private static Node? Walk(Node node, RequestTarget target, int index, RouteValues values)
    {
        if (index == target.SegmentCount)
        {
            return node.ByMethod.Count > 0 ? node : null;
        }

        if (node.FindLiteral(target.RawSegment(index)) is { } literal && Walk(literal, target, index + 1, values) is { } exact)
        {
            return exact;
        }

        if (node.Parameter is { } parameter && !target.Segment(index).IsEmpty && Walk(parameter, target, index + 1, values) is { } named)
        {
            values.Add(node.ParameterName!, target.SegmentText(index));
            return named;
        }

        if (node.Rest is { } rest)
        {
            var remainder = target.RawFrom(index)[1..];
            values.Add(node.RestName!, remainder[..^(target.RawQuery.IsEmpty ? 0 : target.RawQuery.Length + 1)].TrimEnd('?').ToString());
            return rest;
        }

        return null;
    }

    private HubRoute Add(HubRoute route)
    {
        var node = root;
        foreach (var part in route.Pattern.Split('/'))
        {
            node = node.Step(part);
        }

        node.ByMethod.Add(route.Method, route);
        route.Name();
        routes.Add(route);
        return route;
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> literals = new(StringComparer.Ordinal);

        public Dictionary<string, HubRoute> ByMethod { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; private set; }

        public string? ParameterName { get; private set; }

        public Node? Rest { get; private set; }

        public string? RestName { get; private set; }

        public Node? FindLiteral(ReadOnlySpan<char> segment) =>
            literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var next) ? next : null;

        public Node Step(string part)
        {
            if (part.StartsWith("{*", StringComparison.Ordinal))
            {
                RestName = part[2..^1];
                return Rest ??= new Node();
            }

            if (part.StartsWith('{'))
            {
                ParameterName = part[1..^1];
                return Parameter ??= new Node();
            }

            if (!literals.TryGetValue(part, out var next))
            {
                literals[part] = next = new Node();
            }

            return next;
        }
    }
}
