using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Reads lists of strings from bodies.</summary>
internal static class BodyTexts
{
    /// <summary>The strings; null if the node is something else, or holds more than that many.</summary>
    public static IReadOnlyList<string>? Read(JsonNode? node, int most) =>
        node is JsonArray items && items.Count <= most && items.All(item => item?.GetValueKind() == JsonValueKind.String)
            ? [.. items.Select(item => item!.GetValue<string>())]
            : null;
}
