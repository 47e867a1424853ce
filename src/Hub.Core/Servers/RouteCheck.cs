using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Services;

namespace JupyterHub.Core.Servers;

/// <summary>
/// Makes the proxy agree with the servers (contract 12): each that runs has its route with the right target, routes of servers that
/// do not run go, and what is not a server's or service's of ours stays as it is.
/// </summary>
internal sealed class RouteCheck(ServerSupervisor supervisor, ServerRows rows, ServerTools tools, ServiceRoutes? services = null) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>One round; rounds do not overlap. Returns the routes as they were before.</summary>
    public async Task<IReadOnlyList<ProxyRoute>> RunAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var began = tools.Metrics.Now;
        using var span = HubTrace.Begin("proxy.check_routes");
        try
        {
            var routes = await tools.Proxy.GetRoutesAsync(cancellationToken);
            var known = routes.ToDictionary(route => route.Routespec, StringComparer.Ordinal);
            foreach (var server in supervisor.Running)
            {
                await EnsureAsync(server, known, cancellationToken);
            }

            foreach (var route in routes)
            {
                await RemoveIfDeadAsync(route, cancellationToken);
            }

            if (services is not null)
            {
                await services.CheckAsync(cancellationToken);
            }

            return routes;
        }
        finally
        {
            tools.Metrics.RoutesChecked(began);
            turn.Release();
        }
    }

    /// <summary>Puts one server's route back at once, if it runs.</summary>
    public async Task RepairAsync(ServerKey key, CancellationToken cancellationToken)
    {
        if (supervisor.Running.FirstOrDefault(record => record.Key == key) is { } server)
        {
            await EnsureAsync(server, [], cancellationToken);
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task EnsureAsync(ServerRecord server, Dictionary<string, ProxyRoute> known, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(server.Prefix, out var route) && route.Target == server.Address)
        {
            return;
        }

        await tools.Proxy.AddRouteAsync(server.Route, cancellationToken);
        if (supervisor.GetStatus(server.Key.UserName, server.Key.ServerName).IsReady)
        {
            Log.RouteRestored(tools.Logger, server.SpawnerId);
        }
        else
        {
            // It was stopped meanwhile, and its route removed before this one was added.
            await tools.Proxy.RemoveRouteAsync(server.Prefix, cancellationToken);
        }
    }

    private async Task RemoveIfDeadAsync(ProxyRoute route, CancellationToken cancellationToken)
    {
        if (ServerRoutes.KeyOf(route) is not { } key || route.Routespec != tools.PrefixOf(key) || IsActive(key))
        {
            return;
        }

        // A server with rows is another hub's, or one that has yet to be found again.
        if (await rows.FindAsync(key, cancellationToken) is { MayRun: true })
        {
            return;
        }

        await tools.Proxy.RemoveRouteAsync(route.Routespec, cancellationToken);
        Log.RouteRemoved(tools.Logger);
        foreach (var server in supervisor.Running.Where(server => server.Key == key))
        {
            // It was started meanwhile, and its route added before this removal.
            await tools.Proxy.AddRouteAsync(server.Route, cancellationToken);
        }
    }

    private bool IsActive(ServerKey key) => supervisor.GetStatus(key.UserName, key.ServerName).IsActive;
}
