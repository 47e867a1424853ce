using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>JSON as the original keeps it in text columns.</summary>
/// <remarks>
/// Text that is not what its column should hold reads as nothing, so that one damaged row does not take every listing
/// with it; it stays in the database as it is until somebody assigns the column. For scopes this errs on the side of fewer.
/// </remarks>
internal static class JsonText
{
    private const int MaxDepth = 256;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions WriteOptions = new() { MaxDepth = MaxDepth };

    public static JsonObject? ReadObject(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: ReadOptions) as JsonObject;
            if (node is not null && text.Contains("\\u", StringComparison.Ordinal))
            {
                // Half a surrogate pair passes the parser and fails whoever touches the string later.
                node.ToJsonString(WriteOptions);
            }

            return node;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    public static string WriteObject(JsonObject value) => value.ToJsonString(WriteOptions);

    public static List<string> ReadList(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text, ReadOptions);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    public static string WriteList(IEnumerable<string> values) => new JsonArray([.. values.Select(value => (JsonNode?)value)]).ToJsonString();

    /// <summary>Scopes are a set, which the original stores in order.</summary>
    public static string WriteSet(IEnumerable<string> values) => WriteList(values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
