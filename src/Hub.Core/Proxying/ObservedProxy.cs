using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Proxying;

/// <summary>A proxy whose calls are measured and traced.</summary>
internal sealed class ObservedProxy(IHubProxy proxy, HubMetrics metrics) : IHubProxy
{
    public async Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken)
    {
        var began = metrics.Now;
        using var span = HubTrace.Call("proxy.add_route");
        try
        {
            await proxy.AddRouteAsync(route, cancellationToken);
            metrics.RouteAdded(isSuccess: true, began);
        }
        catch (Exception problem)
        {
            metrics.RouteAdded(isSuccess: false, began);
            span.Fail(problem);
            throw;
        }
    }

    public async Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken)
    {
        var began = metrics.Now;
        using var span = HubTrace.Call("proxy.remove_route");
        try
        {
            var wasThere = await proxy.RemoveRouteAsync(routespec, cancellationToken);
            metrics.RouteRemoved(isSuccess: true, began);
            return wasThere;
        }
        catch (Exception problem)
        {
            metrics.RouteRemoved(isSuccess: false, began);
            span.Fail(problem);
            throw;
        }
    }

    public async Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken)
    {
        var began = metrics.Now;
        using var span = HubTrace.Call("proxy.get_routes");
        try
        {
            return await proxy.GetRoutesAsync(cancellationToken);
        }
        catch (Exception problem)
        {
            span.Fail(problem);
            throw;
        }
        finally
        {
            metrics.ProxyPolled(began);
        }
    }
}
