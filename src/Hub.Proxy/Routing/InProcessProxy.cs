using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Forwarding;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Routing;

/// <summary>The proxy that runs inside the hub's own process: its routes are a table in memory.</summary>
internal sealed class InProcessProxy(HubAddresses addresses, RouteDraining draining, TimeProvider time, ILogger<InProcessProxy> logger) : IHubProxy
{
    private readonly string[] hubPath = Routespec.Parse(addresses.HubPath).Segments;

    public RouteTable Routes { get; } = new(draining);

    /// <summary>The route that a request goes to; null when the hub itself answers, as it always does below its own path.</summary>
    public RouteEntry? Match(RequestTarget target, ReadOnlySpan<char> host) => IsHub(target) ? null : Routes.Match(target, host);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The routespec or the target is invalid.</exception>
    public Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var routespec = Routespec.Parse(route.Routespec);
        var target = CheckTarget(route.Target);

        // The hub answers in this very process; forwarding to itself would be a loop.
        if (!IsHub(route.Data))
        {
            Routes.Set(routespec, existing => new RouteEntry(routespec, target, route.Data, time, existing));
            Log.RouteAdded(logger, routespec.Text, target);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The routespec is invalid.</exception>
    public Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var parsed = Routespec.Parse(routespec);
        var removed = Routes.Remove(parsed);
        if (removed)
        {
            Log.RouteRemoved(logger, parsed.Text);
        }

        return Task.FromResult(removed);
    }

    /// <summary>All routes, and first the hub's own, as an external proxy would have it.</summary>
    public Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var snapshot = Routes.Current;
        var routes = new List<ProxyRoute>(snapshot.Count + 1);
        if (addresses.IsBound)
        {
            routes.Add(new ProxyRoute(addresses.BasePath, addresses.ConnectUrl, new JsonObject { ["hub"] = true })
            {
                // It is the hub that is being asked.
                LastActivity = time.GetUtcNow(),
            });
        }

        routes.AddRange(snapshot.Routes.Select(route => route.Describe()));
        return Task.FromResult<IReadOnlyList<ProxyRoute>>(routes);
    }

    private bool IsHub(RequestTarget target)
    {
        for (var index = 0; index < hubPath.Length; index++)
        {
            if (index >= target.SegmentCount || !target.Segment(index).SequenceEqual(hubPath[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHub(JsonObject data) =>
        data.TryGetPropertyValue("hub", out var hub) && hub is JsonValue value && value.TryGetValue(out bool isHub) && isHub;

    private static UpstreamTarget CheckTarget(Uri uri)
    {
        var target = UpstreamTarget.Of(uri);
        return target.Path.Length == 0
            ? target
            : throw new ArgumentException("A route's target is an origin: scheme, host and port, nothing more.", nameof(uri));
    }
}
