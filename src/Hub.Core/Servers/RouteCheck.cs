using System.Collections.Concurrent;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Services;

namespace JupyterHub.Core.Servers;

/// <summary>
/// Makes the proxy agree with the hub (contract 12): the hub and each server and service that runs has its route with the right target,
/// and every other route of the hub's goes. A server with which something is under way, or that another hub looks after, is left alone.
/// </summary>
/// <remarks>
/// What is not known to be gone stays: a proxy or database that cannot be read ends the round before anything is removed. Routes are read
/// before rows, and a row is written before its route: a route without a row has lost its server.
/// </remarks>
internal sealed class RouteCheck(ServerSupervisor supervisor, ServerRows rows, ServerTools tools, ServiceRoutes? services = null, HubRoutes? fixedRoutes = null) : IDisposable
{
    /// <summary>So many routes are changed at a time.</summary>
    private const int Parallelism = 10;

    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentDictionary<ServerKey, Lazy<Task>> repairs = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>One round; rounds do not overlap. Returns the routes as they were before.</summary>
    public async Task<IReadOnlyList<ProxyRoute>> RunAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var began = tools.Metrics.Now;
        using var span = HubTrace.Begin("proxy.check_routes");
        try
        {
            var routes = await tools.Proxy.GetRoutesAsync(cancellationToken);
            var known = ByPlace(routes);
            await AddMissingAsync(known, cancellationToken);
            if (services is not null)
            {
                await services.CheckAsync(known, cancellationToken);
            }

            await EachAsync(routes, RemoveIfDeadAsync, cancellationToken);
            return routes;
        }
        finally
        {
            tools.Metrics.RoutesChecked(began);
            turn.Release();
        }
    }

    /// <summary>Puts one server's route back at once, if it runs. However many ask for it, it is done once, and goes on when they leave.</summary>
    public Task RepairAsync(ServerKey key, CancellationToken cancellationToken) =>
        repairs.GetOrAdd(key, static (key, check) => new Lazy<Task>(() => check.RepairAsync(key)), this).Value.WaitAsync(cancellationToken);

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        turn.Dispose();
    }

    private async Task RepairAsync(ServerKey key)
    {
        try
        {
            await PutRightAsync(key, [], stopping.Token);
        }
        finally
        {
            repairs.TryRemove(key, out _);
        }
    }

    private async Task AddMissingAsync(Dictionary<string, ProxyRoute> known, CancellationToken cancellationToken)
    {
        foreach (var route in fixedRoutes is null ? [] : await fixedRoutes.MissingAsync(known, cancellationToken))
        {
            await UnlessRefusedAsync(async () =>
            {
                await tools.Proxy.AddRouteAsync(route, cancellationToken);
                Log.FixedRouteRestored(tools.Logger, route.Routespec, route.Target);
            });
        }

        await EachAsync(
            supervisor.Running.Where(server => !IsRight(server, known)), (server, token) => PutRightAsync(server.Key, known, token), cancellationToken);
    }

    // Who runs, and where, is looked up once it is this route's turn: a server that stops or starts meanwhile has its turn before or after.
    private async Task PutRightAsync(ServerKey key, Dictionary<string, ProxyRoute> known, CancellationToken cancellationToken)
    {
        using var turn = await tools.RouteTurns.TakeAsync(key, cancellationToken);
        if (supervisor.FindRunning(key) is { } server && !IsRight(server, known))
        {
            await tools.Proxy.AddRouteAsync(server.Route, cancellationToken);
            Log.RouteRestored(tools.Logger, server.SpawnerId);
        }
    }

    private static bool IsRight(ServerRecord server, Dictionary<string, ProxyRoute> known) =>
        known.TryGetValue(server.Prefix, out var route) && route.Target == server.Address;

    private async Task RemoveIfDeadAsync(ProxyRoute route, CancellationToken cancellationToken)
    {
        if (ServerRoutes.KeyOf(route) is { } key && route.Routespec == tools.PrefixOf(key))
        {
            await RemoveIfDeadAsync(route, key, cancellationToken);
        }
        else if (IsStray(route))
        {
            await RemoveAsync(route, cancellationToken);
        }
    }

    /// <summary>Whether a route of the hub's belongs to nothing there is. One outside of the base path is another deployment's behind the same proxy.</summary>
    private bool IsStray(ProxyRoute route) =>
        fixedRoutes is { AreMarked: true }
        && !fixedRoutes.IsPlaceOf(route.Routespec)
        && services?.IsPlaceOf(route) != true
        && route.Routespec.StartsWith(tools.Addresses.BasePath, StringComparison.Ordinal);

    private async Task RemoveIfDeadAsync(ProxyRoute route, ServerKey key, CancellationToken cancellationToken)
    {
        if (IsActive(key))
        {
            return;
        }

        // Whoever starts it from here on adds its route afterwards.
        using var turn = await tools.RouteTurns.TakeAsync(key, cancellationToken);

        // A server with rows is another hub's, or one that has yet to be found again.
        if (!IsActive(key) && await rows.FindAsync(key, cancellationToken) is not { MayRun: true })
        {
            await RemoveAsync(route, cancellationToken);
        }
    }

    private async Task RemoveAsync(ProxyRoute route, CancellationToken cancellationToken)
    {
        await tools.Proxy.RemoveRouteAsync(route.Routespec, cancellationToken);
        Log.RouteRemoved(tools.Logger);
    }

    private Task EachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> change, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (item, token) => await UnlessRefusedAsync(() => change(item, token)));

    private Task UnlessRefusedAsync(Func<Task> change) => ProxyRefusals.PassOverAsync(change, refused => Log.RouteRefused(tools.Logger, refused.Message));

    // A proxy of the host's own may tell of one place twice.
    private static Dictionary<string, ProxyRoute> ByPlace(IReadOnlyList<ProxyRoute> routes)
    {
        var known = new Dictionary<string, ProxyRoute>(routes.Count, StringComparer.Ordinal);
        foreach (var route in routes)
        {
            known.TryAdd(route.Routespec, route);
        }

        return known;
    }

    private bool IsActive(ServerKey key) => supervisor.GetStatus(key.UserName, key.ServerName).IsActive;
}
