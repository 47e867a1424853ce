using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that changes a user.</summary>
internal static class UserPatchBody
{
    public static UserPatch Parse(JsonObject? body)
    {
        if (body is null)
        {
            throw HubHttpException.BadRequest("Body must be a JSON object");
        }

        UserKeys.Check(body);
        if (body.ContainsKey("groups") || body.ContainsKey("roles"))
        {
            throw HubHttpException.BadRequest("groups and roles cannot be changed here: use /groups/{group}/users and /roles/{role}/users/{user}");
        }

        return new UserPatch(body["name"]?.GetValue<string>(), body["admin"]?.GetValue<bool>()) { AuthState = body["auth_state"] as JsonObject };
    }
}
