using JupyterHub.Proxy.ActivityTracking;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Tells WebSockets, the one protocol that connections are upgraded to, from everything else.</summary>
internal static class WebSocketHandshake
{
    /// <summary>True for a request that opens a WebSocket, over HTTP/1.1 or HTTP/2 (RFC 8441).</summary>
    public static bool Is(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            ? HttpMethods.IsGet(context.Request.Method) && IsName(context.Request.Headers.Upgrade.ToString())
            : context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect && IsName(connect.Protocol);

    /// <summary>Has the WebSocket's traffic, once it is open, marked on the route.</summary>
    public static void Track(HttpContext context, RouteActivity activity)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            TrackedUpgrade.Install(context, upgrade, activity);
        }
        else if (context.Features.Get<IHttpExtendedConnectFeature>() is { } connect)
        {
            context.Features.Set<IHttpExtendedConnectFeature>(new TrackedConnect(connect, activity));
        }
    }

    private static bool IsName(string? protocol) => string.Equals(protocol, "websocket", StringComparison.OrdinalIgnoreCase);
}
