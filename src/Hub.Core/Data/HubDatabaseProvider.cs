using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Core.Data;

/// <summary>A database that a <c>Use…</c> call offers under a name; <c>JupyterHub:Database:Provider</c> chooses among them, otherwise the last call does.</summary>
internal sealed class HubDatabaseProvider(string name, Func<IServiceProvider, IHubDatabase> create)
{
    public string Name { get; } = name;

    private Func<IServiceProvider, IHubDatabase> Create { get; } = create;

    /// <summary>Offers the provider; one of the same name is replaced.</summary>
    public static void Register(IServiceCollection services, HubDatabaseProvider provider)
    {
        foreach (var earlier in services.Where(service => service.ImplementationInstance is HubDatabaseProvider other && other.Name == provider.Name).ToList())
        {
            services.Remove(earlier);
        }

        services.AddSingleton(provider);
        AddSelection(services);
    }

    /// <summary>Without any offer, whoever asks for the database is told what is missing.</summary>
    public static void AddSelection(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Select);
    }

    private static IHubDatabase Select(IServiceProvider services)
    {
        var providers = services.GetServices<HubDatabaseProvider>().ToList();
        if (providers.Count == 0)
        {
            throw new HubStartupException("The hub has no database; call UseSqlite() on the builder that AddJupyterHub returns.");
        }

        var wanted = services.GetRequiredService<JupyterHubOptions>().Database.Provider;
        var provider = wanted is null
            ? providers[^1]
            : providers.Find(candidate => candidate.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return provider is not null
            ? provider.Create(services)
            : throw new HubStartupException(
                $"JupyterHub:Database:Provider: '{wanted}' is not available; this hub offers {string.Join(", ", providers.Select(candidate => candidate.Name))}.");
    }
}
