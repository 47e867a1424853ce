using JupyterHub.Client;
using JupyterHub.Client.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Listens where a hub expects the app.</summary>
public static class JupyterHubWebHostBuilderExtensions
{
    /// <summary>Makes the server listen at the address of <c>JUPYTERHUB_SERVICE_URL</c>. Safe to call twice.</summary>
    /// <exception cref="JupyterHubConfigurationException">Thrown when the app starts: the variable is missing or broken.</exception>
    public static IWebHostBuilder UseJupyterHubServiceUrl(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            services.TryAddSingleton(HubEnvironment.Process);
            services.TryAddSingleton(provider => ListenAddress.Read(provider.GetRequiredService<HubEnvironment>()));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ServiceUrlFilter>());
        });
    }
}
