using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that makes a user: its keys are checked by name and type.</summary>
internal sealed record UserBody(bool Admin)
{
    /// <summary>A complaint names some of the wrong keys, and as much of each as tells which is meant.</summary>
    private const int MostShown = 5;

    private static readonly Dictionary<string, JsonValueKind[]> Keys = new(StringComparer.Ordinal)
    {
        ["name"] = [JsonValueKind.String],
        ["admin"] = [JsonValueKind.True, JsonValueKind.False],
        ["groups"] = [JsonValueKind.Array],
        ["roles"] = [JsonValueKind.Array],
        ["auth_state"] = [JsonValueKind.Object],
    };

    public static UserBody Parse(JsonObject? body)
    {
        if (body is null)
        {
            return new UserBody(false);
        }

        var unknown = body.Select(member => member.Key).Where(key => !Keys.ContainsKey(key)).ToList();
        if (unknown.Count > 0)
        {
            throw HubHttpException.BadRequest($"Invalid JSON keys: {string.Join(", ", unknown.Take(MostShown).Select(LogText.Bound))}");
        }

        foreach (var (key, value) in body)
        {
            if (value is null || !Keys[key].Contains(value.GetValueKind()))
            {
                throw HubHttpException.BadRequest($"{key} must be of another type");
            }
        }

        return new UserBody(body["admin"]?.GetValue<bool>() ?? false);
    }
}
