using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Reads JSON bodies as the contract has them (1.5): whatever the content type, and none at all is allowed.</summary>
internal static class JsonBodies
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The body as an object; null if there is none.</summary>
    public static async Task<JsonObject?> ReadObjectAsync(this HubRequest request, string complaint = "Body must be a JSON object")
    {
        var body = await ReadAsync(request);
        return body switch
        {
            null => null,
            JsonObject value => value,
            _ => throw HubHttpException.BadRequest(complaint),
        };
    }

    private static async Task<JsonNode?> ReadAsync(HubRequest request)
    {
        var bytes = await request.ReadBytesAsync();
        if (bytes.Length == 0)
        {
            return null;
        }

        try
        {
            // Decoding first replaces invalid UTF-8 instead of refusing it, as clients have it from the original.
            var node = JsonNode.Parse(Encoding.UTF8.GetString(bytes), documentOptions: Options);
            Touch(node);
            return node;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            throw HubHttpException.BadRequest("Invalid JSON in body of request");
        }
    }

    /// <summary>Nodes are made lazily, and a duplicate key, or half of a surrogate pair in a string, is noticed only then.</summary>
    public static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    Touch(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Touch(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }
}
