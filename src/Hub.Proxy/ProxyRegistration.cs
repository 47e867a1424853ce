using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Forwarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Proxy;

/// <summary>Registers proxies by the name that <c>JupyterHub:Proxy:Type</c> selects them by; without a <c>Type</c> the one chosen last is taken.</summary>
internal static class ProxyRegistration
{
    public static void UseProxy<TProxy, TOptions>(this IServiceCollection services, string name, Action<TOptions>? configure = null)
        where TProxy : class, IHubProxy
        where TOptions : class, new()
    {
        services.AddClientAddresses();
        services.AddComponent<IHubProxy, TProxy, TOptions>(name, configure);
        services.TryAddSingleton<TProxy>();
        services.RemoveAll<IHubProxy>();

        // Without a hub's configuration around it, what code chose last is all there is.
        services.AddSingleton(provider => (IHubProxy)provider.GetRequiredService(provider.GetService<HubConfiguration>()?.Proxy?.Implementation ?? typeof(TProxy)));
    }

    /// <summary>Lets the hub ask who its client is, whichever proxy it uses.</summary>
    public static IServiceCollection AddClientAddresses(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => TrustedPeers.Parse(provider.GetRequiredService<JupyterHubOptions>().TrustedDownstreamIps));
        services.TryAddSingleton<ClientAddresses>();
        return services;
    }
}
