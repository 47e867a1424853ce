using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy;
using JupyterHub.Proxy.ChpClient;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses another program as the proxy of a hub.</summary>
public static class ConfigurableHttpProxyHubBuilderExtensions
{
    /// <summary>
    /// Routes requests to servers by configurable-http-proxy, or another program with its API such as <c>hub proxy</c>, in front of the hub.
    /// Replaces any other proxy, unless <c>JupyterHub:Proxy:Type</c> says otherwise; calling it again adds to the settings.
    /// </summary>
    /// <remarks>Browsers then go to <c>JupyterHub:BindUrl</c>, where the proxy listens, and the hub itself listens at <c>JupyterHub:HubBindUrl</c>.</remarks>
    /// <param name="builder">The hub.</param>
    /// <param name="configure">Sets defaults, over which the configuration wins.</param>
    public static IHubBuilder UseConfigurableHttpProxy(this IHubBuilder builder, Action<ConfigurableHttpProxyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.UseProxy<ConfigurableHttpProxy, ConfigurableHttpProxyOptions>(ProxyOptions.ConfigurableHttpProxy, configure);
        services.TryAddSingleton(provider => HubCoreServices.Options<ConfigurableHttpProxyOptions>(provider, HubCoreServices.Configured(provider).Proxy));
        services.TryAddSingleton(ChpSettings.Create);
        return builder;
    }
}
