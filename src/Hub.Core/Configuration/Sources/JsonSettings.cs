using System.Text.Json;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration.Sources;

/// <summary>Reads the hub's section of a JSON file as JSON: lists stay lists, empty ones too, and names may hold colons.</summary>
internal static class JsonSettings
{
    // As lenient as the platform's own JSON provider, which reads the same file.
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The section's content, or null if the text has no such section.</summary>
    public static SettingMap? Read(TextReader text, string section, SettingOrigin origin)
    {
        using var document = Parse(text.ReadToEnd(), origin);
        try
        {
            return FindSection(document.RootElement, section, origin);
        }
        catch (InvalidOperationException exception)
        {
            // An escape like \ud83d, alone: half a character. The parser meets it only when the text is asked for.
            throw new HubStartupException($"{origin.Description} holds a text that is no valid Unicode.", exception);
        }
    }

    /// <summary>Parses a file as leniently as the platform does.</summary>
    public static JsonDocument Parse(string text, SettingOrigin origin)
    {
        try
        {
            var document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new HubStartupException($"{origin.Description} does not hold a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new HubStartupException(
                $"{origin.Description} is not valid JSON: see line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}.",
                exception);
        }
    }

    private static SettingMap? FindSection(JsonElement root, string section, SettingOrigin origin)
    {
        SettingMap? found = null;
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
            {
                throw SettingErrors.Create(property.Name, $"must be written as nested objects, {{ \"{section}\": {{ … }} }}", origin);
            }

            if (string.Equals(property.Name, section, StringComparison.OrdinalIgnoreCase))
            {
                found = found is null
                    ? ReadSection(property.Value, section, origin)
                    : throw SettingErrors.Create(section, "is given twice", origin);
            }
        }

        return found;
    }

    private static SettingMap? ReadSection(JsonElement value, string section, SettingOrigin origin) => value.ValueKind switch
    {
        JsonValueKind.Object => (SettingMap)ReadNode(value),
        JsonValueKind.Null => null,
        _ => throw SettingErrors.WrongType(section, "an object", ReadNode(value), origin),
    };

    private static SettingNode ReadNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new SettingMap(
            [.. value.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, ReadNode(property.Value)))]),
        JsonValueKind.Array => new SettingList([.. value.EnumerateArray().Select(ReadNode)]),
        JsonValueKind.String => new SettingScalar(SettingScalarType.Text, value.GetString()!),
        JsonValueKind.Number => new SettingScalar(SettingScalarType.Number, value.GetRawText()),
        JsonValueKind.True => new SettingScalar(SettingScalarType.True, "true"),
        JsonValueKind.False => new SettingScalar(SettingScalarType.False, "false"),
        _ => SettingScalar.Null,
    };
}
