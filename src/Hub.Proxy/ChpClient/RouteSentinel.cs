using JupyterHub.Core.Proxying;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>One route that the proxy had: while that is there, the proxy has not forgotten the others either. Cheap to ask for, whatever their number.</summary>
/// <remarks>It is always one of a listing: one that was added since could be the first after a restart of the proxy, and would hide the loss of the others.</remarks>
internal sealed class RouteSentinel
{
    private volatile string? routespec;

    public void Removed(string removed) => Forget(removed);

    public void Listed(IReadOnlyList<ProxyRoute> routes)
    {
        // The one that is known stays until it is asked for: that it is not in this listing is for the watch to find out.
        // The proxy tells of its root only together with all other routes.
        if (routespec is null && routes.FirstOrDefault(route => route.Routespec != "/") is { } route)
        {
            Interlocked.CompareExchange(ref routespec, route.Routespec, null);
        }
    }

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

        if (await has(known))
        {
            return true;
        }

        // Another hub may have removed just this one: then all are looked at in vain, once.
        Forget(known);
        return false;
    }

    private void Forget(string gone)
    {
        if (routespec is { } known && known == gone)
        {
            Interlocked.CompareExchange(ref routespec, null, known);
        }
    }
}
