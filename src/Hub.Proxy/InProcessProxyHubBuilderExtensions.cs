using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the proxy of a hub.</summary>
public static class InProcessProxyHubBuilderExtensions
{
    /// <summary>Routes requests to servers inside the hub's own process. Replaces any other proxy, unless <c>JupyterHub:Proxy:Type</c> says otherwise; calling it again adds to the settings.</summary>
    public static IHubBuilder UseInProcessProxy(this IHubBuilder builder, Action<InProcessProxyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = OptionsOf(services);
        configure?.Invoke(options);
        services.AddForwarding(provider => ForwardingOptions.Of(provider.GetRequiredService<InProcessProxyOptions>()));
        services.UseProxy<InProcessProxy, ProxyOptions>(ProxyOptions.InProcess);
        return builder;
    }

    private static InProcessProxyOptions OptionsOf(IServiceCollection services)
    {
        var known = services.LastOrDefault(service => service.ServiceType == typeof(InProcessProxyOptions))?.ImplementationInstance;
        if (known is InProcessProxyOptions options)
        {
            return options;
        }

        options = new InProcessProxyOptions();
        services.AddSingleton(options);
        return options;
    }
}
