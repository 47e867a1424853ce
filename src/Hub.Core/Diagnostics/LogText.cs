using System.Globalization;
using System.Text;

namespace JupyterHub.Core.Diagnostics;

/// <summary>Makes text that somebody outside chose fit for a log line: short, on one line, unable to imitate another line.</summary>
internal static class LogText
{
    private const int Longest = 32;
    private const int Kept = 16;

    /// <summary>The text, cut (with its length told) when longer than 32 characters, with everything that does not print escaped.</summary>
    public static string Bound(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        return text.Length <= Longest
            ? Escape(text)
            : string.Create(CultureInfo.InvariantCulture, $"{Escape(text.AsSpan(0, Kept))}...({text.Length} chars)");
    }

    private static string Escape(ReadOnlySpan<char> text)
    {
        var escaped = new StringBuilder(text.Length);
        Span<char> utf16 = stackalloc char[2];
        while (text.Length > 0)
        {
            // A lone surrogate decodes to U+FFFD, so it never reaches a log sink as an invalid character.
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            if (rune.Value == '\\')
            {
                escaped.Append(@"\\");
            }
            else if (Prints(rune))
            {
                escaped.Append(utf16[..rune.EncodeToUtf16(utf16)]);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }

            text = text[consumed..];
        }

        return escaped.ToString();
    }

    private static bool Prints(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
