using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request for a token (contract 2.4). Keys that it does not know are left alone.</summary>
internal static class TokenBody
{
    private const int MostItems = 1000;
    private const int LongestItem = 1024;

    /// <summary>The database's column is no wider.</summary>
    private const int LongestNote = 1023;

    /// <param name="body">The body.</param>
    /// <param name="defaultNote">The note where none is given.</param>
    public static TokenOrder Parse(JsonObject body, string defaultNote) => new()
    {
        Note = Note(body["note"]) is { Length: > 0 } note ? note : defaultNote,
        Roles = Texts(body, "roles"),
        Scopes = Texts(body, "scopes"),
        ExpiresIn = Seconds(body["expires_in"]),
    };

    /// <summary>The credentials of a caller who shows no other; null if they cannot be any.</summary>
    public static LoginForm? Credentials(JsonObject body) =>
        body["auth"] is JsonObject auth && Text(auth["username"]) is { } name && Text(auth["password"]) is { } password
            ? new LoginForm(name.Trim(), password, Text(auth["otp"]))
            : null;

    private static string? Note(JsonNode? node) => node switch
    {
        null => null,
        _ when Text(node) is { Length: <= LongestNote } text => text,
        _ => throw HubHttpException.BadRequest($"token note must be null or a string of {LongestNote} characters at most"),
    };

    private static IReadOnlyList<string>? Texts(JsonObject body, string key)
    {
        if (body[key] is not { } node)
        {
            return null;
        }

        return BodyTexts.Read(node, MostItems) is { } texts && texts.All(text => text.Length <= LongestItem)
            ? texts
            : throw HubHttpException.BadRequest($"token {key} must be null or a list of strings ({MostItems} at most), not {Shown(node)}");
    }

    private static long? Seconds(JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        return node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out long seconds)
            ? seconds
            : throw HubHttpException.BadRequest($"token expires_in must be null or integer, not {Shown(node)}");
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static string Shown(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Array => "a list of something else",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number like this",
        _ => "true or false",
    };
}
