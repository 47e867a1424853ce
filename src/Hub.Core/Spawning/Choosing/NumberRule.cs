using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

internal sealed class NumberRule(StartOption option, bool isWhole) : OptionRule
{
    /// <summary>Numbers up to here are exact in every language that may read them.</summary>
    public const double Greatest = 1e15;

    /// <summary>Dividing by it drops the zeros at a decimal's end.</summary>
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>A number so small that a decimal would hold another one is none.</summary>
    private const double Loss = 1e-12;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly decimal minimum = (decimal)(option.Minimum ?? -Greatest);
    private readonly decimal maximum = (decimal)(option.Maximum ?? Greatest);
    private readonly decimal? step = option.Step is { } given ? (decimal)given : null;

    public override IReadOnlyList<OptionLimits> Allowed => step is { } by ? [Range, new("It goes in steps of {0}.", Text(by))] : [Range];

    private OptionLimits Range => (isWhole, option.Minimum, option.Maximum) switch
    {
        (true, null, null) => new("Allowed is a whole number."),
        (true, not null, null) => new("Allowed is a whole number, {0} or more.", Text(minimum)),
        (true, null, not null) => new("Allowed is a whole number, {0} or less.", Text(maximum)),
        (true, _, _) => new("Allowed is a whole number from {0} to {1}.", Text(minimum), Text(maximum)),
        (false, null, null) => new("Allowed is a number."),
        (false, not null, null) => new("Allowed is a number, {0} or more.", Text(minimum)),
        (false, null, not null) => new("Allowed is a number, {0} or less.", Text(maximum)),
        (false, _, _) => new("Allowed is a number from {0} to {1}.", Text(minimum), Text(maximum)),
    };

    public override JsonNode? Accept(JsonNode? given)
    {
        if (given?.GetValueKind() != JsonValueKind.Number || Parse(given.ToJsonString()) is not { } number)
        {
            return null;
        }

        var isAllowed = number >= minimum && number <= maximum && (!isWhole || decimal.IsInteger(number)) && (step is not { } by || number % by == 0);

        // A node that was read from text can be taken as any type of number.
        return isAllowed ? JsonNode.Parse(Text(number)) : null;
    }

    public override JsonNode? Read(string text) =>
        text.AsSpan().Trim() is { IsEmpty: true } ? null : Parse(text.Trim()) is { } number ? JsonNode.Parse(Text(number)) : JsonValue.Create(text);

    public override void Describe(JsonObject schema)
    {
        schema["type"] = isWhole ? "integer" : "number";
        schema["minimum"] = JsonNode.Parse(Text(minimum));
        schema["maximum"] = JsonNode.Parse(Text(maximum));
        if (step is { } by)
        {
            schema["multipleOf"] = JsonNode.Parse(Text(by));
        }
    }

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && double.TryParse(text, Style, CultureInfo.InvariantCulture, out var wide)
            && Math.Abs((double)number - wide) <= Math.Abs(wide) * Loss
            ? number / One
            : null;

    private static string Text(decimal number) => (number / One).ToString(CultureInfo.InvariantCulture);
}
