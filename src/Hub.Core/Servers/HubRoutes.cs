using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;

namespace JupyterHub.Core.Servers;

/// <summary>The routes that are no server's and no service's: the way to the hub itself, and those that the operator keeps in the proxy.</summary>
internal sealed class HubRoutes(IHubProxy proxy, HubAddresses addresses, HubInstanceRegistry instances)
{
    /// <summary>Routes that the operator declared.</summary>
    public IReadOnlyList<ProxyRoute> Extra { get; } = (proxy as IExternalProxy)?.ExtraRoutes ?? [];

    /// <summary>True if what the proxy tells are the hub's routes alone, by a mark that the hub gave them. A table inside of the application may have others too.</summary>
    public bool AreMarked { get; } = proxy is IExternalProxy;

    /// <summary>True where the hub or the operator has a route, whatever it leads to.</summary>
    public bool IsPlaceOf(string routespec) => routespec == addresses.BasePath || Extra.Any(route => route.Routespec == routespec);

    /// <summary>True for a route that leads to the hub.</summary>
    public static bool IsHub(ProxyRoute route) => route.Data["hub"] is { } mark && mark.GetValueKind() == JsonValueKind.True;

    /// <summary>Those of them that are missing or lead elsewhere.</summary>
    public async Task<IReadOnlyList<ProxyRoute>> MissingAsync(IReadOnlyDictionary<string, ProxyRoute> known, CancellationToken cancellationToken)
    {
        var missing = Extra.Where(route => !IsThere(route, known)).ToList();
        if (addresses.IsBound && await IsHubMissingAsync(known, cancellationToken))
        {
            missing.Insert(0, new ProxyRoute(addresses.BasePath, addresses.ConnectUrl, new() { ["hub"] = true }));
        }

        return missing;
    }

    // Of several hubs behind one proxy, the one that started first is shown to browsers: they must not take the way to the hub from each other.
    private async Task<bool> IsHubMissingAsync(IReadOnlyDictionary<string, ProxyRoute> known, CancellationToken cancellationToken) =>
        !known.TryGetValue(addresses.BasePath, out var route)
        || (route.Target != addresses.ConnectUrl && (!IsHub(route) || await instances.IsFirstAsync(cancellationToken)));

    private static bool IsThere(ProxyRoute route, IReadOnlyDictionary<string, ProxyRoute> known) =>
        known.TryGetValue(route.Routespec, out var there) && there.Target == route.Target;
}
