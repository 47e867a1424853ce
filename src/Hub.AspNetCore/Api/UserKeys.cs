using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The keys that a user has in the body of a request, checked by name and type (contract 2.3).</summary>
internal static class UserKeys
{
    /// <summary>A complaint names some of the wrong keys, and as much of each as tells which is meant.</summary>
    private const int MostShown = 5;

    private static readonly Dictionary<string, (string Type, JsonValueKind[] Kinds)> Keys = new(StringComparer.Ordinal)
    {
        ["name"] = ("a string", [JsonValueKind.String]),
        ["admin"] = ("true or false", [JsonValueKind.True, JsonValueKind.False]),
        ["groups"] = ("a list", [JsonValueKind.Array]),
        ["roles"] = ("a list", [JsonValueKind.Array]),
        ["auth_state"] = ("an object", [JsonValueKind.Object]),
    };

    /// <param name="body">The body.</param>
    /// <param name="besides">A key that this body has and a user has not.</param>
    /// <exception cref="HubHttpException">400: a key is unknown, or its value is of another type.</exception>
    public static void Check(JsonObject body, string? besides = null)
    {
        var unknown = body.Select(member => member.Key).Where(key => key != besides && !Keys.ContainsKey(key)).ToList();
        if (unknown.Count > 0)
        {
            throw HubHttpException.BadRequest($"Invalid JSON keys: {string.Join(", ", unknown.Take(MostShown).Select(LogText.Bound))}");
        }

        foreach (var (key, value) in body.Where(member => member.Key != besides))
        {
            var (type, kinds) = Keys[key];
            if (value is null || !kinds.Contains(value.GetValueKind()))
            {
                throw HubHttpException.BadRequest($"user.{key} must be {type}");
            }
        }
    }
}
