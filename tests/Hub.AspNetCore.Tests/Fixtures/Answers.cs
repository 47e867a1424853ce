using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Short ways to look at an answer.</summary>
internal static class Answers
{
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/json", $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    public static string? Location(this HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The error of the API: its status, and the text that it gives.</summary>
    public static async Task<string> ApiErrorAsync(this HttpResponseMessage answer, int status)
    {
        var body = await answer.JsonAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["status", "message"], body.Select(member => member.Key));
        Assert.Equal(status, (int)body["status"]!);
        return (string)body["message"]!;
    }
}
