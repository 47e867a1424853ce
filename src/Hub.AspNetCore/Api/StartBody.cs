using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a start request in its two forms (contract 2.5).</summary>
internal static class StartBody
{
    /// <summary>The options given; null to use those saved before.</summary>
    public static JsonObject? UserOptions(JsonObject? body)
    {
        if (body is null or { Count: 0 })
        {
            return null;
        }

        if (!body.ContainsKey("display_name") && !body.ContainsKey("user_options"))
        {
            // Before 6.0 the whole body was the options.
            return (JsonObject)body.DeepClone();
        }

        if (body.TryGetPropertyValue("display_name", out var displayName) && displayName?.GetValueKind() != JsonValueKind.String)
        {
            throw HubHttpException.BadRequest("display_name must be a string");
        }

        return body["user_options"] switch
        {
            null => null,
            JsonObject options => (JsonObject)options.DeepClone(),
            _ => throw HubHttpException.BadRequest("user_options must be an object or null"),
        };
    }
}
