using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.Cli.Scopes.Output;

/// <summary>Answers for programs.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonArray List(IEnumerable<string> texts) => List(texts, static text => JsonValue.Create(text));

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> convert) => new(items.Select(convert).ToArray());

    public static void Write(TextWriter output, JsonNode answer) => output.WriteLine(answer.ToJsonString(Readable));
}
