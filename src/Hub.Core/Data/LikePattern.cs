namespace JupyterHub.Core.Data;

/// <summary>Patterns of SQL's LIKE for text that somebody typed, in which nothing but the text itself counts.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    /// <summary>Whatever holds the text.</summary>
    public static string Holding(string text) =>
        $"%{text.Replace(Escape, @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
