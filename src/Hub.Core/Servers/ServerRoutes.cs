using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;

namespace JupyterHub.Core.Servers;

/// <summary>Reads what the hub noted about a route. The proxy may be another program: nothing in it is taken for granted.</summary>
internal static class ServerRoutes
{
    /// <summary>The server that a route leads to; null if it leads to none.</summary>
    public static ServerKey? KeyOf(ProxyRoute route) =>
        Text(route.Data["user"]) is { Length: > 0 } user && Text(route.Data["server_name"]) is { } server ? new ServerKey(user, server) : null;

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
