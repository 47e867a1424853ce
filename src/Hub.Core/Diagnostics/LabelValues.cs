namespace JupyterHub.Core.Diagnostics;

/// <summary>The label values of one series, in the order of the metric's labels. A value type, so that looking a series up costs no memory.</summary>
internal readonly record struct LabelValues(string? First = null, string? Second = null, string? Third = null)
{
    public string this[int index] => (index switch { 0 => First, 1 => Second, 2 => Third, _ => null }) ?? "";

    public static LabelValues Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(
        tags.Length > 0 ? tags[0].Value as string : null,
        tags.Length > 1 ? tags[1].Value as string : null,
        tags.Length > 2 ? tags[2].Value as string : null);
}
