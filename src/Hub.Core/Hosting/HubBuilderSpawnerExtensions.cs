using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers spawners with a hub.</summary>
public static class HubBuilderSpawnerExtensions
{
    /// <summary>
    /// Registers a spawner under the name that <c>JupyterHub:Spawner:Type</c> selects it by; without a <c>Type</c> the one registered last
    /// is taken. Its constructor may ask for its options and any singleton. Called again for the same class and name, it configures further;
    /// another class takes the name over.
    /// </summary>
    /// <typeparam name="TSpawner">The spawner.</typeparam>
    /// <typeparam name="TOptions">Its settings, bound from section <c>JupyterHub:Spawner</c>; checked by their validation attributes.</typeparam>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The name for <c>Type</c>; case does not count.</param>
    /// <param name="configure">Sets defaults, over which the configuration wins.</param>
    public static IHubBuilder AddSpawner<TSpawner, TOptions>(this IHubBuilder builder, string name, Action<TOptions>? configure = null)
        where TSpawner : class, ISpawner
        where TOptions : SpawnerOptions, new()
    {
        builder.Services.AddComponent<ISpawner, TSpawner, TOptions>(name, configure);
        if (typeof(TOptions) != typeof(SpawnerOptions))
        {
            builder.Services.TryAddSingleton(provider => HubCoreServices.Options<TOptions>(provider, HubCoreServices.Configured(provider).Spawner));
        }

        return builder;
    }
}
