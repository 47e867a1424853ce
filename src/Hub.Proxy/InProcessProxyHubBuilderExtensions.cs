using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the proxy of a hub.</summary>
public static class InProcessProxyHubBuilderExtensions
{
    /// <summary>Routes requests to servers inside the hub's own process. Replaces any other proxy; calling it again adds to the settings.</summary>
    public static IHubBuilder UseInProcessProxy(this IHubBuilder builder, Action<InProcessProxyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = OptionsOf(services);
        configure?.Invoke(options);
        services.AddClientAddresses();
        services.AddForwarding(provider => ForwardingOptions.Of(provider.GetRequiredService<InProcessProxyOptions>()));
        services.TryAddSingleton<InProcessProxy>();
        services.RemoveAll<IHubProxy>();
        services.AddSingleton<IHubProxy>(provider => provider.GetRequiredService<InProcessProxy>());
        return builder;
    }

    /// <summary>Lets the hub ask who its client is, whichever proxy it uses.</summary>
    internal static IServiceCollection AddClientAddresses(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => TrustedPeers.Parse(provider.GetRequiredService<JupyterHubOptions>().TrustedDownstreamIps));
        services.TryAddSingleton<ClientAddresses>();
        return services;
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
