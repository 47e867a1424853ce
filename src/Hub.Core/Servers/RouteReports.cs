using System.Text.Json;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Services;

namespace JupyterHub.Core.Servers;

/// <summary>Compares the proxy's routes with the servers and services, and changes nothing.</summary>
internal sealed class RouteReports(ServerSupervisor supervisor, ServerRows rows, ServerTools tools, ServiceRoutes services, HubRoutes fixedRoutes)
{
    /// <summary>All routes by where they begin, those that are missing among them.</summary>
    public async Task<IReadOnlyList<ReportedRoute>> ReadAsync(CancellationToken cancellationToken)
    {
        var running = supervisor.Running.Where(server => server.Address is not null).ToDictionary(server => server.Prefix, StringComparer.Ordinal);
        var wanted = (await services.WantedAsync(name: null, cancellationToken)).ToDictionary(route => route.Routespec, StringComparer.Ordinal);
        var mayRun = (await rows.ListThatMayRunAsync(cancellationToken)).Select(row => row.Key).ToHashSet();
        var routes = await tools.Proxy.GetRoutesAsync(cancellationToken);
        List<ReportedRoute> found = [.. routes.Select(route => Report(route, running, wanted, mayRun))];
        var places = routes.Select(route => route.Routespec).ToHashSet(StringComparer.Ordinal);
        found.AddRange(running.Values.Where(server => !places.Contains(server.Prefix)).Select(server => new ReportedRoute(server.Prefix, server.Address!, RouteState.Missing) { Server = server.Key }));
        found.AddRange(wanted.Values.Where(route => !places.Contains(route.Routespec)).Select(route => new ReportedRoute(route.Routespec, route.Target, RouteState.Missing) { Service = ServiceOf(route) }));
        return [.. found.OrderBy(route => route.Routespec, StringComparer.Ordinal)];
    }

    private ReportedRoute Report(ProxyRoute route, Dictionary<string, ServerRecord> running, Dictionary<string, ProxyRoute> wanted, HashSet<ServerKey> mayRun)
    {
        var reported = new ReportedRoute(route.Routespec, route.Target, RouteState.Foreign) { LastActivity = route.LastActivity?.UtcDateTime };
        if (ServerRoutes.KeyOf(route) is { } key && route.Routespec == tools.PrefixOf(key))
        {
            running.TryGetValue(route.Routespec, out var server);
            return reported with { Server = key, Wanted = server?.Address, State = StateOf(route, server?.Address, mayRun.Contains(key) || supervisor.GetStatus(key.UserName, key.ServerName).IsActive) };
        }

        if (ServiceOf(route) is { } service && route.Routespec == ServiceRoutes.PrefixOf(tools.Addresses, service))
        {
            wanted.TryGetValue(route.Routespec, out var made);
            return reported with { Service = service, Wanted = made?.Target, State = StateOf(route, made?.Target, mayRun: false) };
        }

        return HubRoutes.IsHub(route)
            ? reported with { IsHub = true, State = RouteState.Good }
            : ReportOther(reported);
    }

    private ReportedRoute ReportOther(ReportedRoute reported) => fixedRoutes.Extra.FirstOrDefault(route => route.Routespec == reported.Routespec) is { } extra
        ? reported with { IsExtra = true, Wanted = extra.Target, State = reported.Target == extra.Target ? RouteState.Good : RouteState.WrongTarget }
        : reported with { State = fixedRoutes.AreMarked && reported.Routespec.StartsWith(tools.Addresses.BasePath, StringComparison.Ordinal) ? RouteState.Stale : RouteState.Foreign };

    private static RouteState StateOf(ProxyRoute route, Uri? wanted, bool mayRun) => wanted is null
        ? mayRun ? RouteState.Elsewhere : RouteState.Stale
        : route.Target == wanted ? RouteState.Good : RouteState.WrongTarget;

    private static string? ServiceOf(ProxyRoute route) =>
        route.Data["service"] is { } name && name.GetValueKind() == JsonValueKind.String ? name.GetValue<string>() : null;
}
