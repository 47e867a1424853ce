using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

internal sealed class TextRule(StartOption option) : OptionRule
{
    public const int MostCharacters = 10_000;

    private const int UsualMaximum = 1000;

    private readonly int minimum = Math.Max(option.MinLength ?? 0, option.Required ? 1 : 0);
    private readonly int maximum = option.MaxLength ?? UsualMaximum;
    private readonly PortablePattern? pattern = option.Pattern is { Length: > 0 } text ? PortablePattern.Parse(text) : null;

    public override IReadOnlyList<OptionLimits> Allowed => pattern is null ? [Length] : [Length, new("It has to match {0}.", option.Pattern!)];

    private OptionLimits Length => minimum == 0
        ? new("Allowed is one line of text, {0} characters at most.", maximum)
        : new("Allowed is one line of text, {0} to {1} characters.", minimum, maximum);

    public override JsonNode? Accept(JsonNode? given) =>
        TextOf(given) is { } text && HasLength(text) && IsLine(text) && pattern?.IsMatch(text) != false ? JsonValue.Create(text) : null;

    /// <summary>An empty field is an empty text where that is allowed, and nothing chosen where it is not.</summary>
    public override JsonNode? Read(string text) => text.Length > 0 || Accept(JsonValue.Create("")) is not null ? JsonValue.Create(text) : null;

    public override void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["minLength"] = minimum;
        schema["maxLength"] = maximum;
        schema["not"] = new JsonObject { ["pattern"] = @"[\u0000-\u001f\u007f-\u009f\u2028\u2029]" };
        if (pattern is not null)
        {
            schema["pattern"] = pattern.Portable;
        }
    }

    private bool HasLength(string text)
    {
        // Code points lie between a half and all of the characters that .NET counts.
        if (text.Length < minimum || text.Length > 2L * maximum)
        {
            return false;
        }

        var count = text.EnumerateRunes().Count();
        return count >= minimum && count <= maximum;
    }

    private static bool IsLine(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return true;
    }
}
