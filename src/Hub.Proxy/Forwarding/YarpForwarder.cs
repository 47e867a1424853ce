using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Forwards one request with YARP's forwarder: every protocol that the proxy speaks.</summary>
internal sealed class YarpForwarder(UpstreamClient upstream, QuietForwarder forwarder, RequestHeaderPolicy policy, ForwardingOptions options)
{
    private readonly ForwarderRequestConfig requestConfig = new()
    {
        ActivityTimeout = options.ActivityTimeout,
        AllowResponseBuffering = false,
        Version = System.Net.HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Sends a request and streams the answer; what failed is also in the context's <see cref="IForwarderErrorFeature"/>.</summary>
    public async Task<ForwarderError> SendAsync(HttpContext context, RequestTarget target, RouteEntry route, CancellationToken cut)
    {
        var transformer = new UpstreamTransformer(target, route, policy, options);
        return await forwarder.Instance.SendAsync(context, route.Destination, upstream.InvokerOf(route), requestConfig, transformer, cut);
    }
}
