using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Options of a server in short: clients may store whatever they like as options, of whatever size.</summary>
internal static class ShortOptions
{
    private const int Most = 6;
    private const int LongestName = 40;
    private const int LongestValue = 60;

    // Razor escapes what this leaves readable.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (IReadOnlyList<ShortOption> Shown, int More) Of(JsonObject? options)
    {
        if (options is null)
        {
            return ([], 0);
        }

        var shown = options.Take(Most).Select(option => new ShortOption(Cut(option.Key, LongestName), Cut(TextOf(option.Value), LongestValue))).ToList();
        return (shown, options.Count - shown.Count);
    }

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "–",
        JsonArray { Count: <= LongestValue } list when list.All(item => item is null or JsonValue) => string.Join(", ", list.Select(TextOf)),
        JsonValue single when single.GetValueKind() == JsonValueKind.String => single.GetValue<string>(),
        _ => value.ToJsonString(Writing),
    };

    /// <summary>Never between the halves of a surrogate pair.</summary>
    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…";
}
