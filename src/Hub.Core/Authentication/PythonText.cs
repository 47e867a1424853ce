using System.Globalization;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>Lower case and white space as Python knows them, so that names come out as the original would have stored them.</summary>
internal static class PythonText
{
    private const char CapitalSigma = '\u03a3';
    private const char SmallSigma = '\u03c3';
    private const char FinalSigma = '\u03c2';
    private const char CapitalDottedI = '\u0130';

    /// <summary><c>str.lower()</c>: Unicode's full mapping, with its one rule that looks at neighbours (a final sigma).</summary>
    public static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny(CapitalSigma, CapitalDottedI))
        {
            return lower;
        }

        var mapped = new StringBuilder(lower.Length + 1);
        for (var index = 0; index < text.Length; index++)
        {
            _ = text[index] switch
            {
                CapitalDottedI => mapped.Append("i\u0307"),
                CapitalSigma => mapped.Append(IsFinal(text, index) ? FinalSigma : SmallSigma),
                _ => mapped.Append(lower[index]),
            };
        }

        return mapped.ToString();
    }

    /// <summary><c>str.strip()</c>.</summary>
    public static string Strip(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\u001c' and <= '\u001f';

    private static bool IsFinal(string text, int sigma)
    {
        var before = sigma - 1;
        while (before >= 0 && IsCaseIgnorable(text[before]))
        {
            before--;
        }

        if (before < 0 || !IsCased(text[before]))
        {
            return false;
        }

        var after = sigma + 1;
        while (after < text.Length && IsCaseIgnorable(text[after]))
        {
            after++;
        }

        return after == text.Length || !IsCased(text[after]);
    }

    private static bool IsCased(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsCaseIgnorable(char character) =>
        character is '\'' or '.' or ':' or '\u00b7' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
