using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that makes several users.</summary>
internal sealed record UsersBody(IReadOnlyList<string> Usernames, bool Admin)
{
    /// <summary>Most users that are made at once.</summary>
    public const int MostNames = 1000;

    public static UsersBody Parse(JsonObject? body)
    {
        if (body?["usernames"] is not { } node || node is JsonArray { Count: 0 })
        {
            throw HubHttpException.BadRequest("Must specify at least one user to create");
        }

        var names = BodyTexts.Read(node, MostNames)
            ?? throw HubHttpException.BadRequest($"usernames must be a list of strings, {MostNames} at most");
        UserKeys.Check(body, besides: "usernames");
        return new UsersBody(names, body["admin"]?.GetValue<bool>() ?? false);
    }
}
