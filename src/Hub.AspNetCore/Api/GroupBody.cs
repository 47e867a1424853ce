using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.AspNetCore.Api;

/// <summary>What requests say about groups and their members (contract 2.7).</summary>
internal static class GroupBody
{
    /// <summary>Most users in one request.</summary>
    public const int MostUsers = 10_000;

    private const int MostGroups = 1_000;
    private const int MostMemberships = 100_000;
    public const int LongestName = 255;

    /// <summary>Longest JSON text of a group's properties.</summary>
    private const int LongestProperties = 64 * 1024;

    private static readonly Dictionary<string, JsonValueKind[]> Keys = new(StringComparer.Ordinal)
    {
        ["name"] = [JsonValueKind.String],
        ["users"] = [JsonValueKind.Array],
        ["roles"] = [JsonValueKind.Array],
    };

    private static readonly Dictionary<string, JsonValueKind[]> KeysOfMany = new(Keys, StringComparer.Ordinal) { ["groups"] = [JsonValueKind.Array] };

    /// <summary>Members that a new group begins with.</summary>
    public static IReadOnlyList<string> NewMembers(JsonObject? body) => body is null ? [] : Users(body);

    /// <summary>Members to add or remove.</summary>
    /// <exception cref="HubHttpException">400: none are given.</exception>
    public static IReadOnlyList<string> Members(JsonObject? body, string purpose)
    {
        var users = NewMembers(body);
        return body?.ContainsKey("users") == true ? users : throw HubHttpException.BadRequest($"Must specify users to {purpose}");
    }

    /// <summary>Groups to make, with the members of each.</summary>
    public static (IReadOnlyList<string> Groups, IReadOnlyList<string> Users) Many(JsonObject? body)
    {
        if (body?["groups"] is null or JsonArray { Count: 0 })
        {
            throw HubHttpException.BadRequest("Must specify at least one group to create");
        }

        BodyShape.Check(body, "group", KeysOfMany);
        var groups = BodyShape.Texts(body["groups"], "groups", MostGroups);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in groups)
        {
            CheckName(name);
            if (!seen.Add(name))
            {
                throw new HubHttpException(409, $"Group {LogText.Bound(name)} is listed more than once");
            }
        }

        var users = BodyShape.Texts(body["users"], "group.users", MostUsers);
        return (long)groups.Count * users.Count > MostMemberships
            ? throw HubHttpException.BadRequest($"One request may make {MostMemberships} memberships at most; use several")
            : (groups, users);
    }

    /// <exception cref="HubHttpException">400: no group can have this name.</exception>
    public static void CheckName(string name)
    {
        if (!IsName(name))
        {
            throw HubHttpException.BadRequest($"Invalid group name: {LogText.Bound(name)}; it must have 1 to {LongestName} characters");
        }
    }

    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Contains('\0', StringComparison.Ordinal);

    /// <summary>The properties of a group, as an object of its own.</summary>
    public static JsonObject Properties(JsonObject? body)
    {
        if (body is null)
        {
            throw HubHttpException.BadRequest("Must specify properties");
        }

        var text = body.ToJsonString();
        return text.Length > LongestProperties
            ? throw HubHttpException.BadRequest($"The properties of a group may have {LongestProperties} characters of JSON at most")
            : body;
    }

    private static IReadOnlyList<string> Users(JsonObject body)
    {
        BodyShape.Check(body, "group", Keys);
        return BodyShape.Texts(body["users"], "group.users", MostUsers);
    }
}
