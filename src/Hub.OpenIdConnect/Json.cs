using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.OpenIdConnect;

/// <summary>Reads members of objects that somebody outside wrote.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The object that a text is; null if it is something else. Whatever of it could fail later fails here.</summary>
    /// <exception cref="JsonException">It is no JSON, says something twice, or holds text that is none.</exception>
    public static JsonObject? Object(ReadOnlySpan<byte> text)
    {
        var node = JsonNode.Parse(text, documentOptions: Reading);
        try
        {
            JsonBodies.Touch(node);
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException("A text is broken.", problem);
        }

        return node as JsonObject;
    }

    /// <summary>A text that is not empty; null for anything else.</summary>
    public static string? Text(JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static bool Flag(JsonObject document, string name) =>
        document[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
}
