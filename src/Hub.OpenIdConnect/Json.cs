using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>Reads members of objects that somebody outside wrote.</summary>
internal static class Json
{
    /// <summary>A text that is not empty; null for anything else.</summary>
    public static string? Text(JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static bool Flag(JsonObject document, string name) =>
        document[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
}
