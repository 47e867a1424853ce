using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

internal sealed class BooleanRule : OptionRule
{
    public override IReadOnlyList<OptionLimits> Allowed { get; } = [new("Allowed is true or false.")];

    public override JsonNode? Accept(JsonNode? given) => given?.GetValueKind() switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };

    public override JsonNode? Read(string text) => text.Trim().ToUpperInvariant() switch
    {
        "" => null,
        "TRUE" or "ON" or "YES" or "1" => JsonValue.Create(true),
        "FALSE" or "OFF" or "NO" or "0" => JsonValue.Create(false),
        _ => JsonValue.Create(text),
    };

    public override void Describe(JsonObject schema) => schema["type"] = "boolean";
}
