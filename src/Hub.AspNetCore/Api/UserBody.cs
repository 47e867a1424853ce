using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that makes a user.</summary>
internal sealed record UserBody(bool Admin)
{
    public static UserBody Parse(JsonObject? body)
    {
        if (body is null)
        {
            return new UserBody(false);
        }

        UserKeys.Check(body);
        return new UserBody(body["admin"]?.GetValue<bool>() ?? false);
    }
}
