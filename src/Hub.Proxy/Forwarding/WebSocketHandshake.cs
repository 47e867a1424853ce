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

    private static bool IsName(string? protocol) => string.Equals(protocol, "websocket", StringComparison.OrdinalIgnoreCase);
}
