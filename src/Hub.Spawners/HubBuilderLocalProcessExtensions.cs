using JupyterHub.Core.Hosting;
using JupyterHub.Core.Services;
using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Spawners.LocalServices;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the spawners that start servers as processes of the hub's own machine.</summary>
public static class HubBuilderLocalProcessExtensions
{
    /// <summary>Registers <c>local</c>: each server runs as the system user of its owner's name. The hub has to run as root, or serves one user.</summary>
    /// <param name="builder">The hub.</param>
    /// <param name="configure">Sets defaults, over which the configuration wins.</param>
    public static IHubBuilder AddLocalProcessSpawner(this IHubBuilder builder, Action<LocalProcessSpawnerOptions>? configure = null) =>
        builder.AddServiceLauncher().AddSpawner<LocalProcessSpawner, LocalProcessSpawnerOptions>("local", configure);

    /// <summary>Registers <c>simple</c>: all servers run as the hub's own system user. For trying things out; it keeps no user from another's files.</summary>
    /// <param name="builder">The hub.</param>
    /// <param name="configure">Sets defaults, over which the configuration wins.</param>
    public static IHubBuilder AddSimpleSpawner(this IHubBuilder builder, Action<SimpleSpawnerOptions>? configure = null) =>
        builder.AddServiceLauncher().AddSpawner<SimpleSpawner, SimpleSpawnerOptions>("simple", configure);

    /// <summary>Services of the hub run on its own machine, whichever spawner is chosen in the end.</summary>
    private static IHubBuilder AddServiceLauncher(this IHubBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IServiceLauncher, ServiceLauncher>();
        return builder;
    }
}
