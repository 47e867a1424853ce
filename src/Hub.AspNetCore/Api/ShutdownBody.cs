using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request to shut the hub down.</summary>
/// <param name="Proxy">Stop the proxy too; null if nothing is said.</param>
/// <param name="Servers">Stop the users' servers too; null if nothing is said.</param>
internal sealed record ShutdownBody(bool? Proxy, bool? Servers)
{
    public static ShutdownBody Parse(JsonObject? body) => new(Flag(body, "proxy"), Flag(body, "servers"));

    private static bool? Flag(JsonObject? body, string name)
    {
        if (body is null || !body.TryGetPropertyValue(name, out var node))
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue(out bool flag)
            ? flag
            : throw HubHttpException.BadRequest($"{name} must be true or false, got {LogText.Bound(node?.ToJsonString() ?? "null")}");
    }
}
