using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Api.Roles;

/// <summary>Short ways to ask for changes of roles.</summary>
internal static class RolesApi
{
    public static Task<HttpResponseMessage> RoleAsync(this HubHost host, string method, string path, string? token, string? body = null) =>
        host.SendAsync(method, $"/hub/api/{path}", token, body is null ? null : Answers.Json(body));

    /// <summary>Sends, and asserts what comes back.</summary>
    public static async Task<JsonObject?> AskAsync(this HubHost host, string token, string request, string? body = null, int status = 200)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        using var answer = await host.RoleAsync(method, path, token, body);
        var text = await answer.TextAsync();
        Assert.True(status == (int)answer.StatusCode, $"{request} {body}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
    }

    public static IEnumerable<string> Names(this JsonNode? list) => list!.AsArray().Select(item => (string)item!["name"]!);

    public static IEnumerable<string> Texts(this JsonNode? list) => list!.AsArray().Select(item => (string)item!);
}
