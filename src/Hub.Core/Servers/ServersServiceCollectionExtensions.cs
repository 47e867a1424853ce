using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using JupyterHub.Core.Spawning.Choosing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Core.Servers;

/// <summary>Registers what looks after servers. <see cref="IServerLeases"/>, the spawner, the proxy and the options come from elsewhere.</summary>
internal static class ServersServiceCollectionExtensions
{
    public static IServiceCollection AddServerSupervision(this IServiceCollection services)
    {
        services.AddHubMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HubEvents>();
        services.TryAddSingleton<ServerRows>();
        services.TryAddSingleton<NamedServerRules>();
        services.TryAddSingleton<InvalidNames>();
        services.TryAddSingleton<StartOptionsSource>();
        services.TryAddSingleton<ServerInventory>();
        services.TryAddSingleton<ServerLedger>();
        services.TryAddSingleton<ServerTokenScopes>();
        services.TryAddSingleton<HubEnvironment>();
        services.TryAddSingleton<ReadinessProbe>();
        services.TryAddSingleton<SpawnLimits>();
        services.TryAddSingleton<ServerTools>();
        services.TryAddSingleton<ServerSupervisor>();
        services.TryAddSingleton<HubRoutes>();
        services.TryAddSingleton<RouteCheck>();
        services.TryAddSingleton<RouteReports>();
        services.TryAddSingleton<ActivityMerge>();
        services.TryAddSingleton<ServerUpkeep>();
        return services;
    }
}
