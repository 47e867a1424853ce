using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>
/// One thing that can be chosen when a server is started: an item of <c>JupyterHub:Spawner:Options</c>, or declared by a spawner's code. From it
/// come the form, the check of what arrives by form, link or REST API, and a JSON Schema.
/// </summary>
public sealed class StartOption
{
    /// <summary>The option's name: a letter, then letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, 64 characters at most. <c>next</c> and <c>display_name</c> are taken.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the option holds.</summary>
    public StartOptionKind Kind { get; set; }

    /// <summary>How people see the option; unset: its name.</summary>
    public string? Label { get; set; }

    /// <summary>What the option is for, in a sentence.</summary>
    public string? Description { get; set; }

    /// <summary>The value that holds where none is chosen; unset: then the option is left out.</summary>
    public JsonNode? Default { get; set; }

    /// <summary>A server is not started without a value. A text has at least one character then.</summary>
    public bool Required { get; set; }

    /// <summary>Fewest characters of a text (Unicode code points).</summary>
    public int? MinLength { get; set; }

    /// <summary>Most characters of a text, up to 10000; unset: 1000.</summary>
    public int? MaxLength { get; set; }

    /// <summary>
    /// Regular expression that the whole of a text must match, without lookarounds and back references. <c>\d</c> and <c>\w</c> mean ASCII;
    /// a character outside of Unicode's basic plane counts as two.
    /// </summary>
    public string? Pattern { get; set; }

    /// <summary>Least value of a number; a multiple of <see cref="Step"/>.</summary>
    public double? Minimum { get; set; }

    /// <summary>Greatest value of a number. No number is beyond 10¹⁵ either way.</summary>
    public double? Maximum { get; set; }

    /// <summary>What a number must be a multiple of; unset: any number, or any whole number.</summary>
    public double? Step { get; set; }

    /// <summary>What a number counts, such as <c>GB</c>: shown beside its field.</summary>
    public string? Unit { get; set; }

    /// <summary>The values of a choice.</summary>
    public IList<StartOptionChoice> Choices { get; set; } = [];
}
