using System.Collections.Frozen;
using System.Text.Json.Nodes;
using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Spawning.Choosing;

internal sealed class ChoiceRule(StartOption option) : OptionRule
{
    private const int MostNamed = 20;

    private readonly FrozenSet<string> values = option.Choices.Select(choice => choice.Value).ToFrozenSet(StringComparer.Ordinal);

    public override IReadOnlyList<OptionLimits> Allowed =>
    [
        new(
            "Allowed is one of these: {0}.",
            string.Join(", ", option.Choices.Take(MostNamed).Select(choice => LogText.Bound(choice.Value))) + (option.Choices.Count > MostNamed ? ", …" : "")),
    ];

    public override JsonNode? Accept(JsonNode? given) => TextOf(given) is { } text && values.Contains(text) ? JsonValue.Create(text) : null;

    public override JsonNode? Read(string text) => text.Length == 0 && !values.Contains("") ? null : JsonValue.Create(text);

    public override void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["oneOf"] = new JsonArray([.. option.Choices.Select(Describe)]);
    }

    private static JsonObject Describe(StartOptionChoice choice)
    {
        var schema = new JsonObject { ["const"] = choice.Value, ["title"] = choice.Label ?? choice.Value };
        if (choice.Description is { Length: > 0 } description)
        {
            schema["description"] = description;
        }

        return schema;
    }
}
