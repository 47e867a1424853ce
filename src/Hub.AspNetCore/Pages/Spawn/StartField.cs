using System.Globalization;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>One declared option in the form.</summary>
/// <param name="Declared">The option.</param>
/// <param name="Value">What its field shows: typed, chosen last, or the default.</param>
/// <param name="Error">What is wrong with what was typed.</param>
/// <param name="Note">A word about what was chosen last and is not possible any more.</param>
internal sealed record StartField(DeclaredOption Declared, string Value, string? Error, string? Note)
{
    /// <summary>More values than these go into a list that opens.</summary>
    private const int MostRadios = 6;

    public StartOption Option => Declared.Option;

    public string Id => "opt-" + Option.Name;

    public bool IsChecked => Value == "true";

    public bool IsNumber => Option.Kind is StartOptionKind.Integer or StartOptionKind.Number;

    /// <summary>Browsers drop what is no number from a field for numbers, and then nobody sees what was wrong.</summary>
    public string InputType => IsNumber && (Value.Length == 0 || Declared.Rule.Read(Value) is { } read && read.GetValueKind() == System.Text.Json.JsonValueKind.Number) ? "number" : "text";

    /// <summary>As the browser has it: without a step it counts whole numbers only.</summary>
    public string? Step => !IsNumber ? null : Option.Step is { } step ? Text(step) : Option.Kind == StartOptionKind.Integer ? "1" : "any";

    public string? Minimum => Option.Minimum is { } least ? Text(least) : null;

    public string? Maximum => Option.Maximum is { } most ? Text(most) : null;

    /// <summary>Browsers count some characters twice, so this is more than what is allowed, and never less.</summary>
    public int? MaxLength => Option.Kind == StartOptionKind.Text ? 2 * (Option.MaxLength ?? 1000) : null;

    public bool IsRadio => Option.Kind == StartOptionKind.Choice && (Option.Choices.Count <= MostRadios || Option.Choices.Any(choice => choice.Description is { Length: > 0 }));

    /// <summary>Nothing needs to be chosen, so there has to be a way back to nothing.</summary>
    public bool OffersNothing => Declared.Default is null && Option is { Required: false } && Option.Choices.All(choice => choice.Value.Length > 0);

    /// <summary>Limits that the field itself does not show.</summary>
    public bool ShowsLimits => Error is null && Option.Kind is not (StartOptionKind.Boolean or StartOptionKind.Choice)
        && (Option.MinLength ?? Option.MaxLength) is not null | Option.Pattern is not null | (Option.Minimum ?? Option.Maximum ?? Option.Step) is not null;

    /// <summary>Ids of what a screen reader reads with the field.</summary>
    public string? DescribedBy
    {
        get
        {
            string?[] ids =
            [
                Error is null ? null : Id + "-error", Note is null ? null : Id + "-note",
                Option.Description is { Length: > 0 } ? Id + "-about" : null, ShowsLimits ? Id + "-limits" : null,
            ];
            var present = string.Join(' ', ids.OfType<string>());
            return present.Length == 0 ? null : present;
        }
    }

    private static string Text(double number) => ((decimal)number).ToString(CultureInfo.InvariantCulture);
}
