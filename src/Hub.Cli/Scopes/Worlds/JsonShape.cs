using System.Text.Json;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>Reads values of a recorded world or question strictly; messages name the place.</summary>
internal static class JsonShape
{
    /// <summary>Names may not stand twice: which of both would count is anybody's guess.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false };

    public static void RequireObject(JsonElement value, string place, params ReadOnlySpan<string> known)
    {
        Require(value, JsonValueKind.Object, place, "an object");
        foreach (var property in value.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                var nearest = NearestName.Find(property.Name, known.ToArray());
                throw new ScopesRefusedException($"{place} has an unknown name {Quote(property.Name)}{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }
        }
    }

    /// <summary>The members of an object whose names are free.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement parent, string name, string place)
    {
        var value = Get(parent, name, place);
        Require(value, JsonValueKind.Object, $"{place}.{name}", "an object");
        return value.EnumerateObject().Select(member => (member.Name, member.Value));
    }

    public static JsonElement Get(JsonElement parent, string name, string place) =>
        parent.TryGetProperty(name, out var value) ? value : throw new ScopesRefusedException($"{place} lacks {Quote(name)}.");

    public static IReadOnlyList<string> Strings(JsonElement parent, string name, string place) => Strings(Get(parent, name, place), $"{place}.{name}");

    public static IReadOnlyList<string> Strings(JsonElement value, string place)
    {
        Require(value, JsonValueKind.Array, place, "a list of texts");
        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            texts.Add(Text(item, place));
        }

        return texts;
    }

    public static string Text(JsonElement parent, string name, string place) => Text(Get(parent, name, place), $"{place}.{name}");

    public static string Text(JsonElement value, string place)
    {
        Require(value, JsonValueKind.String, place, "a text");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape like \ud83d, alone: half a character. The parser meets it only when the text is asked for.
            throw new ScopesRefusedException($"{place} holds a text that is no valid Unicode.");
        }
    }

    public static bool Flag(JsonElement parent, string name, string place) => Get(parent, name, place).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new ScopesRefusedException($"{place}.{name} must be true or false."),
    };

    /// <summary>What is wrong with a text that could not be parsed. Of a name that stands twice the parser does not say where.</summary>
    public static string Explain(JsonException exception) => exception.LineNumber is null
        ? "gives a name of an object twice."
        : $"is not valid JSON: see line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}.";

    public static string Quote(string text) => $"\"{PlainText.Of(text.Length > 60 ? text[..60] + "…" : text)}\"";

    private static void Require(JsonElement value, JsonValueKind kind, string place, string expected)
    {
        if (value.ValueKind != kind)
        {
            throw new ScopesRefusedException($"{place} must be {expected}.");
        }
    }
}
