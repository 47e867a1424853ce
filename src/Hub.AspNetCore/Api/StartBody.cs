using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that makes or starts a server, in its two forms (contract 2.5).</summary>
internal static class StartBody
{
    public static ServerChoices Parse(JsonObject? body)
    {
        if (body is null or { Count: 0 })
        {
            return ServerChoices.Kept;
        }

        if (!body.ContainsKey("display_name") && !body.ContainsKey("user_options"))
        {
            // Before 6.0 the whole body was the options.
            return new ServerChoices(UserOptions: (JsonObject)body.DeepClone());
        }

        return new ServerChoices(DisplayName(body), body["user_options"] switch
        {
            null => null,
            JsonObject options => (JsonObject)options.DeepClone(),
            _ => throw HubHttpException.BadRequest("user_options must be an object or null"),
        });
    }

    private static string? DisplayName(JsonObject body)
    {
        if (!body.TryGetPropertyValue("display_name", out var value))
        {
            return null;
        }

        return value?.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw HubHttpException.BadRequest("display_name must be a string");
    }
}
