using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>Hands requests that have a route to the proxy. Nothing of the hub's own treatment happens to them: their server authorizes.</summary>
internal sealed class ProxyEndpoint
{
    private readonly InProcessProxy proxy;
    private readonly ProxyForwarder forwarder;
    private readonly Endpoint endpoint;

    public ProxyEndpoint(InProcessProxy proxy, ProxyForwarder forwarder)
    {
        this.proxy = proxy;
        this.forwarder = forwarder;
        endpoint = new Endpoint(ForwardAsync, new EndpointMetadataCollection(new AllowAnonymousAttribute()), "JupyterHub proxy");
    }

    public bool TrySelect(HttpContext context, RequestTarget target)
    {
        if (proxy.Match(target, context.Request.Host.Value) is not { } route)
        {
            return false;
        }

        context.Features.Set(new Routed(target, route));
        context.SetEndpoint(endpoint);
        return true;
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var routed = context.Features.Get<Routed>() ?? throw new InvalidOperationException("Only the hub's own routing selects the proxy.");
        await forwarder.ForwardAsync(context, routed.Target, routed.Route);
    }

    private sealed record Routed(RequestTarget Target, RouteEntry Route);
}
