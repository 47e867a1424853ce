using System.Net;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Forwards one request with YARP's forwarder: every protocol that the proxy speaks.</summary>
internal sealed class YarpForwarder(UpstreamClient upstream, QuietForwarder forwarder, RequestHeaderPolicy policy, ForwardingOptions options)
{
    private readonly ForwarderRequestConfig http11 = ConfigFor(HttpVersion.Version11, options);
    private readonly ForwarderRequestConfig http2 = ConfigFor(HttpVersion.Version20, options);

    /// <summary>Sends a request and streams the answer; what failed is also in the context's <see cref="IForwarderErrorFeature"/>.</summary>
    public async Task<ForwarderError> SendAsync(HttpContext context, RequestTarget target, RouteEntry route, bool isWebSocket, CancellationToken cut)
    {
        TrackActivity(context, route.Activity, isWebSocket);
        BreakOff.Install(context);
        var transformer = new UpstreamTransformer(target, route, policy, options);
        var isGrpc = GrpcCall.Is(context);
        return await forwarder.Instance.SendAsync(
            context, isGrpc ? GrpcCall.DestinationOf(route) : route.Destination, upstream.InvokerOf(route), isGrpc ? http2 : http11, transformer, cut);
    }

    private static void TrackActivity(HttpContext context, RouteActivity activity, bool isWebSocket)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            context.Request.Body = new ActivityStream(context.Request.Body, activity);
        }

        if (isWebSocket)
        {
            WebSocketHandshake.Track(context, activity);
        }
        else
        {
            // Whatever else a client wants to change to, it is answered as if it had not asked (RFC 9110, 7.8). HTTP/2
            // above all: inside of it requests would pass that nobody looked at.
            context.Features.Set<IHttpUpgradeFeature>(null);
        }
    }

    private static ForwarderRequestConfig ConfigFor(Version version, ForwardingOptions options) => new()
    {
        ActivityTimeout = options.ActivityTimeout,
        AllowResponseBuffering = false,
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
