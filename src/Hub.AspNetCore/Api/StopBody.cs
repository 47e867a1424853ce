using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that stops a server; other keys are left alone.</summary>
internal static class StopBody
{
    /// <summary>Whether the server is to be removed as well.</summary>
    public static bool Remove(JsonObject? body) => body?["remove"] switch
    {
        null => false,
        var value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw HubHttpException.BadRequest("remove must be true or false"),
        },
    };
}
