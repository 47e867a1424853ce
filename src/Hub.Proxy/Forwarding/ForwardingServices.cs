using JupyterHub.Proxy.Forwarding.Direct;
using JupyterHub.Proxy.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>What forwarding needs, for the hub's own proxy and for the one that stands alone.</summary>
internal static class ForwardingServices
{
    public static IServiceCollection AddForwarding(this IServiceCollection services, Func<IServiceProvider, ForwardingOptions> options)
    {
        LineEnds.BeStrict();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
        {
            PlatformCheck.Require();
            return options(provider);
        });
        services.TryAddSingleton<RouteDraining>();
        services.TryAddSingleton<UpstreamConnector>();
        services.TryAddSingleton<UpstreamClient>();
        services.TryAddSingleton<QuietForwarder>();
        services.TryAddSingleton<YarpForwarder>();
        services.TryAddSingleton<UpstreamConnections>();
        services.TryAddSingleton<RequestHeadSerializer>();
        services.TryAddSingleton<DirectForwarder>();
        services.TryAddSingleton<LoopGuard>();
        services.TryAddSingleton<RequestHeaderPolicy>();
        services.TryAddSingleton<WebSocketLimit>();
        services.TryAddSingleton<IProxyErrorPage, PlainErrorPage>();
        services.TryAddSingleton<ProxyForwarder>();
        return services;
    }
}
