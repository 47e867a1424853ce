using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Checks keys and types of a body, with complaints that say what to change.</summary>
internal static class BodyShape
{
    /// <summary>A complaint names some of the wrong keys, and as much of each as tells which is meant.</summary>
    private const int MostShown = 5;

    /// <param name="body">The body.</param>
    /// <param name="what">What it describes, for the complaint.</param>
    /// <param name="keys">The keys that it may have, with the types of their values.</param>
    /// <exception cref="HubHttpException">400: another key, or another type.</exception>
    public static void Check(JsonObject body, string what, IReadOnlyDictionary<string, JsonValueKind[]> keys)
    {
        var unknown = body.Select(member => member.Key).Where(key => !keys.ContainsKey(key)).Take(MostShown).ToList();
        if (unknown.Count > 0)
        {
            throw HubHttpException.BadRequest($"Invalid JSON keys: {string.Join(", ", unknown.Select(LogText.Bound))}");
        }

        foreach (var (key, value) in body)
        {
            var kind = KindOf(value);
            if (!keys[key].Contains(kind))
            {
                throw HubHttpException.BadRequest($"{what}.{key} must be {string.Join(" or ", keys[key].Select(NameOf).Distinct(StringComparer.Ordinal))}, not {NameOf(kind)}");
            }
        }
    }

    /// <summary>A list of texts; empty if the value is absent or null.</summary>
    /// <param name="list">The value, which is a list or nothing.</param>
    /// <param name="what">Its name for the complaint.</param>
    /// <param name="most">Most items that it may have.</param>
    /// <exception cref="HubHttpException">400: too many items, or one that is no text.</exception>
    public static IReadOnlyList<string> Texts(JsonNode? list, string what, int most)
    {
        if (list is not JsonArray items)
        {
            return [];
        }

        if (items.Count > most)
        {
            throw HubHttpException.BadRequest($"{what} may have {most} items at most, not {items.Count}");
        }

        return [.. items.Select(item => KindOf(item) == JsonValueKind.String
            ? item!.GetValue<string>()
            : throw HubHttpException.BadRequest($"{what} must be a list of strings; it holds {NameOf(KindOf(item))}"))];
    }

    public static JsonValueKind KindOf(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
