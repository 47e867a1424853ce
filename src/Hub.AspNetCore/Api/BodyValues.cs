using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Reads single values out of a body, each within bounds.</summary>
internal static class BodyValues
{
    private const int MostShown = 5;

    /// <exception cref="HubHttpException">400: there are others.</exception>
    public static void CheckKeys(JsonObject? body, params string[] keys)
    {
        var unknown = (body ?? []).Select(member => member.Key).Where(key => !keys.Contains(key, StringComparer.Ordinal)).Take(MostShown).ToList();
        if (unknown.Count > 0)
        {
            throw HubHttpException.BadRequest($"Invalid JSON keys: {string.Join(", ", unknown.Select(LogText.Bound))}");
        }
    }

    /// <summary>A text; null if it is null or absent.</summary>
    public static string? Text(JsonObject? body, string key, int longest) => body?[key] is { } node ? Text(node, key, longest) : null;

    /// <summary>A list of texts; null if it is absent.</summary>
    public static IReadOnlyList<string>? Texts(JsonObject? body, string key, int most, int longest)
    {
        if (body is null || !body.TryGetPropertyValue(key, out var node))
        {
            return null;
        }

        if (node is not JsonArray items)
        {
            throw HubHttpException.BadRequest($"{key} must be a list of strings");
        }

        return items.Count > most
            ? throw HubHttpException.BadRequest($"{key} may have {most} items at most")
            : [.. items.Select(item => item is null ? throw HubHttpException.BadRequest($"{key} must be a list of strings") : Text(item, key, longest))];
    }

    private static string Text(JsonNode node, string key, int longest)
    {
        if (node.GetValueKind() != JsonValueKind.String)
        {
            throw HubHttpException.BadRequest($"{key} must be of another type: a string is expected");
        }

        string text;
        try
        {
            text = node.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape.
            throw HubHttpException.BadRequest($"{key} must be text");
        }

        return text.Length <= longest && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw HubHttpException.BadRequest($"{key} must be text of {longest} characters at most");
    }
}
