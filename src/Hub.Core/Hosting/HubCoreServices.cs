using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Logins;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Spawning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.Core.Hosting;

/// <summary>Registers what the configuration yields: options, addresses, the data folder and the components chosen. All of it is read when first asked for.</summary>
internal static class HubCoreServices
{
    /// <summary>Registers the hub's configuration. Called again, it configures further.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets defaults, over which the configuration wins.</param>
    /// <param name="readsHubOnly">True for tools, which have neither spawners nor authenticators and need no secrets.</param>
    public static IHubBuilder AddHubCore(this IServiceCollection services, Action<JupyterHubOptions>? configure = null, bool readsHubOnly = false)
    {
        if (configure is not null)
        {
            services.AddSingleton(new HubDefaults(configure));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => Read(provider, readsHubOnly));
        services.TryAddSingleton(provider => provider.GetRequiredService<HubConfiguration>().Hub);
        services.TryAddSingleton(CreateAddresses);
        services.TryAddSingleton(OpenDataFolder);
        services.TryAddSingleton(provider => Options<AuthenticatorOptions>(provider, Configured(provider).Authenticator));
        services.TryAddSingleton(provider => Options<SpawnerOptions>(provider, Configured(provider).Spawner));
        services.TryAddSingleton(provider => Create<IAuthenticator>(provider, Configured(provider).Authenticator));
        services.TryAddSingleton(provider => Create<ISpawner>(provider, Configured(provider).Spawner));
        return new HubBuilder(services);
    }

    /// <summary>Registers an implementation of a port under the name that <c>Type</c> selects it by.</summary>
    public static void AddComponent<TPort, TImplementation, TOptions>(this IServiceCollection services, string name, Action<TOptions>? configure)
        where TOptions : class, new()
    {
        Registry<TPort>(services).Add(
            name, typeof(TImplementation), typeof(TOptions), configure is null ? null : options => configure((TOptions)options));
    }

    /// <summary>The redirect logins that are registered. With them the hub needs no form: that of an authenticator that is registered too is taken, or none.</summary>
    public static LoginRegistry Logins(this IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(LoginRegistry))?.ImplementationInstance is LoginRegistry known)
        {
            return known;
        }

        var registry = new LoginRegistry();
        services.AddSingleton(registry);
        Registry<IAuthenticator>(services).AddFallback(NoFormAuthenticator.TypeName, typeof(NoFormAuthenticator), typeof(AuthenticatorOptions));
        return registry;
    }

    /// <summary>The options of the component chosen, as the class that its constructor asks for.</summary>
    public static TOptions Options<TOptions>(IServiceProvider provider, SelectedComponent? selected) where TOptions : class =>
        selected switch
        {
            null => throw new HubStartupException($"No implementation is registered that takes {typeof(TOptions).Name}; add one to the builder that AddJupyterHub returns."),
            { Options: TOptions options } => options,
            _ => throw new InvalidOperationException($"{typeof(TOptions).Name} belongs to a component that the configuration did not choose ({selected.Name} is)."),
        };

    public static HubConfiguration Configured(IServiceProvider provider) => provider.GetRequiredService<HubConfiguration>();

    private static HubConfiguration Read(IServiceProvider provider, bool readsHubOnly)
    {
        var configuration = provider.GetService<IConfiguration>() ?? new ConfigurationBuilder().Build();
        var reader = new HubConfigurationReader(configuration, ContentRoot(provider), readsSecrets: !readsHubOnly);
        Action<JupyterHubOptions> defaults = hub =>
        {
            foreach (var part in provider.GetServices<HubDefaults>())
            {
                part.Configure(hub);
            }
        };
        return readsHubOnly
            ? reader.ReadHubOnly(defaults)
            : reader.Read(
                defaults,
                provider.GetService<ComponentRegistry<IAuthenticator>>()?.Registrations ?? [],
                provider.GetService<ComponentRegistry<ISpawner>>()?.Registrations ?? [],
                provider.GetService<LoginRegistry>(),
                provider.GetService<ComponentRegistry<IHubProxy>>()?.Registrations);
    }

    private static HubAddresses CreateAddresses(IServiceProvider provider)
    {
        var hub = Configured(provider).Hub;
        return new HubAddresses(hub.BaseUrl!, hub.PublicUrl is { } url ? new Uri(url) : null);
    }

    private static HubDataFolder OpenDataFolder(IServiceProvider provider)
    {
        var configuration = Configured(provider);
        return HubDataFolder.Open(configuration.Hub, new SettingChecks(configuration.Origins));
    }

    private static TPort Create<TPort>(IServiceProvider provider, SelectedComponent? selected) where TPort : class =>
        selected is null
            ? throw new HubStartupException($"No {typeof(TPort).Name} is registered; add one to the builder that AddJupyterHub returns.")
            : (TPort)ActivatorUtilities.CreateInstance(provider, selected.Implementation);

    private static string ContentRoot(IServiceProvider provider) =>
        provider.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } root ? root : Directory.GetCurrentDirectory();

    // The registry is filled while the host is composed, so it has to be an instance that the collection holds.
    private static ComponentRegistry<TPort> Registry<TPort>(IServiceCollection services)
    {
        var known = services.FirstOrDefault(service => service.ServiceType == typeof(ComponentRegistry<TPort>))?.ImplementationInstance;
        if (known is ComponentRegistry<TPort> registry)
        {
            return registry;
        }

        registry = new ComponentRegistry<TPort>();
        services.AddSingleton(registry);
        return registry;
    }
}
