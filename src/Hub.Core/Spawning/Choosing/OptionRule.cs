using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>What values of one option are allowed. Whatever it accepts fits the schema that it describes, and the other way round.</summary>
internal abstract class OptionRule
{
    /// <summary>What is allowed, in one sentence or several.</summary>
    public abstract IReadOnlyList<OptionLimits> Allowed { get; }

    public static OptionRule Of(StartOption option) => option.Kind switch
    {
        StartOptionKind.Integer => new NumberRule(option, isWhole: true),
        StartOptionKind.Number => new NumberRule(option, isWhole: false),
        StartOptionKind.Boolean => new BooleanRule(),
        StartOptionKind.Choice => new ChoiceRule(option),
        _ => new TextRule(option),
    };

    /// <summary>The value in the one form that spawners get; null if it is not allowed.</summary>
    public abstract JsonNode? Accept(JsonNode? given);

    /// <summary>What a field of a form or link says, as the type that the option has; null if it says nothing. What makes no sense stays text, which is then refused.</summary>
    public abstract JsonNode? Read(string text);

    /// <summary>Adds the keywords of JSON Schema.</summary>
    public abstract void Describe(JsonObject schema);

    protected static string? TextOf(JsonNode? given) => given?.GetValueKind() == JsonValueKind.String ? given.GetValue<string>() : null;
}
