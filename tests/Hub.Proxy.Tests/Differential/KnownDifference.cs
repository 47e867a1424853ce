using System.Text.RegularExpressions;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>One block of the table of known differences.</summary>
/// <param name="Reason">Why ours is different.</param>
/// <param name="Case">A case's name; with <c>*</c> all cases whose names fit, in which the lines may be missing.</param>
/// <param name="Lines">The lines that differ; <c>*</c> stands for any text where the name has one.</param>
internal sealed record KnownDifference(string Reason, string Case, IReadOnlyList<string> Lines)
{
    public bool IsGeneral => Case.Contains('*', StringComparison.Ordinal);

    public bool Covers(string name) => Fits(Case, name);

    /// <summary>True if one of the lines allows a line of difference.</summary>
    public bool Allows(string line) => Lines.Any(pattern => Fits(pattern, line));

    public static bool Fits(string pattern, string text) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}
