using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>Fields as options of a spawner that declares none, in the original's two ways.</summary>
internal static class UndeclaredFields
{
    public static JsonObject Read(StartFormFields fields, StartFormReading reading)
    {
        var options = new JsonObject();
        foreach (var (name, values) in fields.Values)
        {
            options[name] = Node([.. values.Select(text => (JsonNode)text)], reading);
        }

        foreach (var (name, files) in fields.Files)
        {
            options[$"{name}_file"] = Node([.. files.Select(Node)], reading);
        }

        return options;
    }

    private static JsonNode Node(IReadOnlyList<JsonNode> values, StartFormReading reading)
    {
        if (reading == StartFormReading.Passthrough || values.Count != 1)
        {
            return new JsonArray([.. values]);
        }

        return values[0] is JsonValue single && single.TryGetValue(out string? text) && text == "on" ? JsonValue.Create(true) : values[0];
    }

    /// <summary>Bytes in JSON as the original keeps them.</summary>
    private static JsonNode Node(StartFormFile file) => new JsonObject
    {
        ["filename"] = file.FileName,
        ["body"] = new JsonObject { ["__jupyterhub_bytes__"] = true, ["data"] = Convert.ToBase64String(file.Content.Span) + "\n" },
        ["content_type"] = file.ContentType,
    };
}
