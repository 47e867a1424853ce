using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that changes a server (contract 2.5): checked as a whole before anything of it is done.</summary>
internal static class ServerPatch
{
    /// <summary>A complaint names some of the wrong keys, and as much of each as tells which is meant.</summary>
    private const int MostShown = 5;

    private static readonly string[] Keys = ["name", "display_name", "user_options"];

    public static ServerChange Parse(JsonObject? body)
    {
        if (body is null or { Count: 0 })
        {
            throw HubHttpException.BadRequest("Must specify at least one field to modify.");
        }

        var unknown = body.Select(member => member.Key).Where(key => !Keys.Contains(key, StringComparer.Ordinal)).ToList();
        if (unknown.Count > 0)
        {
            throw HubHttpException.BadRequest(
                $"Unexpected fields: {string.Join(", ", unknown.Take(MostShown).Select(LogText.Bound))}, supported fields: {string.Join(", ", Keys)}");
        }

        return new ServerChange { Name = Text(body, "name"), DisplayName = Text(body, "display_name"), UserOptions = Options(body) };
    }

    /// <summary>Null changes nothing, as an absent value does.</summary>
    private static string? Text(JsonObject body, string name) => body[name] switch
    {
        null => null,
        var value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw HubHttpException.BadRequest($"{name} must be a string"),
    };

    private static JsonObject? Options(JsonObject body)
    {
        if (!body.TryGetPropertyValue("user_options", out var value))
        {
            return null;
        }

        return value is JsonObject options ? (JsonObject)options.DeepClone() : throw HubHttpException.BadRequest("user_options must be an object");
    }
}
