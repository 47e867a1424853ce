using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using JupyterHub.Core.Unicode;

namespace JupyterHub.Core.Servers;

/// <summary>Makes a valid server name of any text (contract 10, "safe slug").</summary>
internal static partial class SafeSlug
{
    private const int HashLength = 8;

    /// <summary>A name that reads like the text; two texts may come out the same.</summary>
    public static string Plain(string text) => IsSimple(text) ? text : Reduce(text, ServerNames.MaxLength);

    /// <summary>A name that tells the text from others that read alike, by a hash behind it.</summary>
    public static string Unique(string text)
    {
        if (IsSimple(text))
        {
            return text;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
        return $"{Reduce(text, ServerNames.MaxLength - HashLength - 1)}-{hash}";
    }

    private static bool IsSimple(string text) => ServerNames.IsValid(text) && !text.Contains('-', StringComparison.Ordinal);

    private static string Reduce(string text, int length)
    {
        var plain = Others().Replace(Fold(text), "-").TrimStart('-');
        plain = plain[..Math.Min(length, plain.Length)];
        if (plain.Length > 0 && !char.IsAsciiLetterLower(plain[0]))
        {
            plain = "x-" + plain[..Math.Min(length - 2, plain.Length)];
        }

        plain = plain.TrimEnd('-');
        return plain.Length == 0 ? "x" : plain;
    }

    /// <summary>Small letters and digits as far as the text has something like them.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                folded.Append(char.ToLowerInvariant((char)rune.Value));
            }
            else if (UnicodeTables.Instance.Foldings.TryGetValue(rune.Value, out var plain))
            {
                folded.Append(plain);
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append('-');
            }
        }

        return folded.ToString();
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
