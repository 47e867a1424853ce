namespace JupyterHub.Core.Configuration.Sources;

/// <summary>A single value.</summary>
/// <param name="Type">What the source says it is.</param>
/// <param name="Text">The text, or the number as written.</param>
internal sealed record SettingScalar(SettingScalarType Type, string Text) : SettingNode
{
    public static SettingScalar Null { get; } = new(SettingScalarType.Null, "");

    public override string Kind => Type switch
    {
        SettingScalarType.Null => "null",
        SettingScalarType.True => "true",
        SettingScalarType.False => "false",
        SettingScalarType.Number => "a number",
        _ => "a text",
    };
}
