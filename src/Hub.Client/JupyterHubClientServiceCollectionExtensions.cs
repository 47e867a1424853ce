using JupyterHub.Client;
using JupyterHub.Client.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of a hub's REST API.</summary>
public static class JupyterHubClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="JupyterHubClient"/> as a singleton; its connections come from the HTTP client factory. Address and token come from
    /// the options, else from the environment. Safe to call twice.
    /// </summary>
    /// <exception cref="JupyterHubConfigurationException">Thrown when the client is first asked for: address or token are missing or broken.</exception>
    public static IServiceCollection AddJupyterHubClient(this IServiceCollection services, Action<JupyterHubClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddHubHttp();
        services.TryAddSingleton(provider => new JupyterHubClient(HubApi.Create(
            provider.GetRequiredService<HubHttp>().Create,
            provider.GetRequiredService<IOptions<JupyterHubClientOptions>>().Value,
            provider.GetRequiredService<HubEnvironment>(),
            provider.GetRequiredService<TimeProvider>())));
        return services;
    }

    internal static void AddHubHttp(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(HubEnvironment.Process);
        services.TryAddSingleton<HubHttp>();
        if (services.Any(service => service.ServiceType == typeof(HubHttpMarker)))
        {
            return;
        }

        services.AddSingleton<HubHttpMarker>();
        services.AddHttpClient(HubHttp.Name)
            .ConfigurePrimaryHttpMessageHandler(HubHttp.CreateHandler)
            .RedactLoggedHeaders(_ => true);
    }

    /// <summary>Says that the named client is configured: doing so twice would wrap its handlers twice.</summary>
    private sealed class HubHttpMarker;
}
