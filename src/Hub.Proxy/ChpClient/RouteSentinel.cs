using JupyterHub.Core.Proxying;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>One route that the proxy had: while that is there, the proxy has not forgotten the others either. Cheap to ask for, whatever their number.</summary>
internal sealed class RouteSentinel
{
    private volatile string? routespec;

    public void Added(string added)
    {
        // The proxy tells of its root only together with all other routes.
        if (added != "/")
        {
            routespec = added;
        }
    }

    public void Removed(string removed)
    {
        if (routespec == removed)
        {
            routespec = null;
        }
    }

    public void Listed(IReadOnlyList<ProxyRoute> routes) =>
        routespec = routes.FirstOrDefault(route => route.Routespec == routespec)?.Routespec ?? routes.FirstOrDefault(route => route.Routespec != "/")?.Routespec;

    /// <summary>Whether the proxy still has its routes.</summary>
    /// <param name="basePath">Where the way to the hub is.</param>
    /// <param name="has">Asks for one route.</param>
    /// <param name="list">Asks for all.</param>
    public async Task<bool> IsThereAsync(string basePath, Func<string, Task<bool>> has, Func<Task<IReadOnlyList<ProxyRoute>>> list)
    {
        if (routespec is not { } known)
        {
            return (await list()).Any(route => route.Routespec == basePath);
        }

        // Another hub may have removed just this one: then all are looked at in vain, once.
        return await has(known);
    }
}
