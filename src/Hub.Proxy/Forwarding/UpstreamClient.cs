using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Gives each route the client that its requests go through, made with the first of them.</summary>
internal sealed class UpstreamClient(UpstreamConnector connector, ForwardingOptions options)
{
    /// <summary>The route's client. It belongs to the route's lifetime; callers do not dispose of it.</summary>
    public HttpMessageInvoker InvokerOf(RouteEntry route) => (route.Lifetime.Own(() => new UpstreamHandler(route, connector, options)) ?? Late(route)).Invoker;

    // The first request found the route before that went and comes after.
    private UpstreamHandler Late(RouteEntry route)
    {
        var late = new UpstreamHandler(route, connector, options);
        late.Dispose();
        return late;
    }
}
