using System.Collections.Concurrent;
using JupyterHub.Core.Proxying;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>A proxy's route table in memory.</summary>
internal sealed class MemoryProxy : IHubProxy
{
    public ConcurrentDictionary<string, ProxyRoute> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs before a route is added.</summary>
    public Func<ProxyRoute, Task>? OnAdd { get; set; }

    /// <summary>Runs before a route is removed.</summary>
    public Func<string, Task>? OnRemove { get; set; }

    /// <summary>Routes that are told of besides, as a proxy does that has two at one place.</summary>
    public List<ProxyRoute> More { get; } = [];

    public async Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken)
    {
        if (OnAdd is not null)
        {
            await OnAdd(route);
        }

        Routes[route.Routespec] = route;
    }

    public async Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken)
    {
        if (OnRemove is not null)
        {
            await OnRemove(routespec);
        }

        return Routes.TryRemove(routespec, out _);
    }

    public Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProxyRoute>>([.. Routes.Values, .. More]);
}
