namespace JupyterHub.Cli.Scopes;

/// <summary>Makes text from a file fit for a terminal.</summary>
internal static class PlainText
{
    /// <summary>The text with every character that could steer a terminal replaced.</summary>
    public static string Of(string text) => text.Any(IsUnfit)
        ? string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = IsUnfit(source[i]) ? '\uFFFD' : source[i];
            }
        })
        : text;

    // Control characters, line and paragraph separators, and marks that turn the direction of writing.
    private static bool IsUnfit(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
