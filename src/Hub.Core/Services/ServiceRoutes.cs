using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

/// <summary>Makes the proxy agree with the services: each that has an address, and runs if the hub runs it, has its route, and no other has (contract 12).</summary>
internal sealed class ServiceRoutes(IHubDatabase database, IHubProxy proxy, HubAddresses addresses, ILogger<ServiceRoutes> logger) : IDisposable
{
    private const string DataKey = "service";

    // One at a time, each after a look at the database: then the last one leaves what is true.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The service's path, where its route and cookies live.</summary>
    public static string PrefixOf(HubAddresses addresses, string name) => $"{addresses.BasePath}services/{PathNames.Escape(name)}/";

    /// <summary>Where the service itself answers below its own address; a name may look like a dot segment, so the path goes out as it is written.</summary>
    public static Uri RootOf(HubAddresses addresses, string name, Uri url) =>
        new(url.GetLeftPart(UriPartial.Authority) + PrefixOf(addresses, name), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Adds or removes one service's route as the database has it. A proxy that is away is told by the next check.</summary>
    public Task UpdateAsync(string name, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var routes = await WantedAsync(name, cancellationToken);
            if (routes.Count > 0)
            {
                await proxy.AddRouteAsync(routes[0], cancellationToken);
            }
            else
            {
                await proxy.RemoveRouteAsync(PrefixOf(addresses, name), cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>Adds what is missing, corrects what leads elsewhere, removes the routes of services that are gone.</summary>
    /// <param name="known">The proxy's routes of a moment ago.</param>
    /// <param name="cancellationToken">Gives up between two changes.</param>
    public Task CheckAsync(IReadOnlyDictionary<string, ProxyRoute> known, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var wanted = await WantedAsync(name: null, cancellationToken);
            foreach (var route in wanted.Where(route => !known.TryGetValue(route.Routespec, out var there) || there.Target != route.Target))
            {
                await UnlessRefusedAsync(() => proxy.AddRouteAsync(route, cancellationToken));
            }

            var places = wanted.Select(route => route.Routespec).ToHashSet(StringComparer.Ordinal);
            foreach (var route in known.Values.Where(route => IsPlaceOf(route) && !places.Contains(route.Routespec)))
            {
                await UnlessRefusedAsync(() => proxy.RemoveRouteAsync(route.Routespec, cancellationToken));
            }
        },
        cancellationToken);

    /// <summary>A route that the hub made for a service; others at the same places are somebody else's.</summary>
    public bool IsPlaceOf(ProxyRoute route) =>
        route.Data[DataKey] is { } name && name.GetValueKind() == JsonValueKind.String && route.Routespec == PrefixOf(addresses, name.GetValue<string>());

    public void Dispose() => turn.Dispose();

    private Task UnlessRefusedAsync(Func<Task> change) => ProxyRefusals.PassOverAsync(change, refused => Log.RouteFailed(logger, refused));

    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
#pragma warning disable CA1031 // The proxy may be another program; the next check puts right what it missed.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.RouteFailed(logger, problem);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The routes that should be there: of one service, or of all.</summary>
    public async Task<List<ProxyRoute>> WantedAsync(string? name, CancellationToken cancellationToken)
    {
        var services = await database.ReadAsync(
            (db, token) => db.Services
                .Where(service => service.Server != null && (name == null || service.Name == name))
                .Include(service => service.Server)
                .ToListAsync(token),
            cancellationToken);
        var routes = new List<ProxyRoute>();
        foreach (var service in services.Where(service => service.IsRouted))
        {
            if (ServerAddress.ToUri(service.Server!) is { } target)
            {
                routes.Add(new ProxyRoute(PrefixOf(addresses, service.Name), target, new() { [DataKey] = service.Name }));
            }
            else
            {
                Log.NoAddress(logger, LogText.Bound(service.Name));
            }
        }

        return routes;
    }
}
