using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers spawners with a hub.</summary>
public static class HubBuilderSpawnerExtensions
{
    /// <summary>Registers a spawner.</summary>
    /// <typeparam name="TSpawner">The spawner.</typeparam>
    /// <typeparam name="TOptions">Its settings.</typeparam>
    /// <param name="builder">The hub.</param>
    /// <param name="name">The name for <c>Type</c>.</param>
    /// <param name="configure">Sets defaults.</param>
    public static IHubBuilder AddSpawner<TSpawner, TOptions>(this IHubBuilder builder, string name, Action<TOptions>? configure = null)
        where TSpawner : class, ISpawner
        where TOptions : SpawnerOptions, new()
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var options = new TOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<SpawnerOptions>(options);
        builder.Services.AddSingleton<ISpawner, TSpawner>();
        return builder;
    }
}
