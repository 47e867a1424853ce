using System.Text.Json.Nodes;

namespace JupyterHub.Core.Proxying;

/// <summary>One route: whatever is below the routespec goes to the target, path unchanged.</summary>
/// <param name="Routespec">Escaped path with a slash at both ends (<c>/user/ada/</c>), or host and path (<c>ada.example.org/user/ada/</c>).</param>
/// <param name="Target">Origin (scheme, host, port) that requests are forwarded to.</param>
/// <param name="Data">What the hub notes about the route, such as <c>{"user":"ada","server_name":""}</c>.</param>
public sealed record ProxyRoute(string Routespec, Uri Target, JsonObject Data)
{
    /// <summary>When the last request or WebSocket message passed; null if the proxy does not know.</summary>
    public DateTimeOffset? LastActivity { get; init; }
}
