using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>Options as a JSON Schema (2020-12): what it accepts, a start accepts, and nothing else.</summary>
internal static class StartOptionSchema
{
    /// <summary>The schema of the options; null for a spawner that declares none, which takes any object.</summary>
    public static JsonObject Of(StartOptionSet? options)
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Start options", ["type"] = "object" };
        if (options is null)
        {
            schema["description"] = "This hub's servers have no options of their own: what is sent is stored, and left alone.";
            return schema;
        }

        schema["properties"] = new JsonObject(options.Options.Select(option => KeyValuePair.Create<string, JsonNode?>(option.Name, Of(option))));
        schema["required"] = new JsonArray([.. options.Options.Where(option => option.IsNeeded).Select(option => JsonValue.Create(option.Name))]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Of(DeclaredOption option)
    {
        var schema = new JsonObject { ["title"] = option.Label };
        if (option.Option.Description is { Length: > 0 } description)
        {
            schema["description"] = description;
        }

        option.Rule.Describe(schema);
        if (option.Default is { } value)
        {
            schema["default"] = value.DeepClone();
        }

        if (option.Option.Unit is { Length: > 0 } unit)
        {
            // Not a keyword of JSON Schema, which allows others that begin so.
            schema["x-unit"] = unit;
        }

        return schema;
    }
}
