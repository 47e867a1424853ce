using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>An option whose declaration is sound, with its rule.</summary>
internal sealed record DeclaredOption(StartOption Option, OptionRule Rule, JsonNode? Default)
{
    public string Name => Option.Name;

    public string Label => Option.Label is { Length: > 0 } label ? label : Option.Name;

    /// <summary>A start without it is refused.</summary>
    public bool IsNeeded => Option.Required && Default is null;

    /// <summary>Takes a declaration that was found sound.</summary>
    public static DeclaredOption From(StartOption option)
    {
        var rule = OptionRule.Of(option);
        return new DeclaredOption(option, rule, DefaultOf(option, rule));
    }

    /// <summary>The default as the rule has it; null if there is none, or it is not allowed. Sources without types give texts, so a text is read as a form's.</summary>
    public static JsonNode? DefaultOf(StartOption option, OptionRule rule) =>
        option.Default is { } given
            ? rule.Accept(given) ?? (given is JsonValue value && value.TryGetValue(out string? text) ? rule.Accept(rule.Read(text)) : null)
            : null;
}
