using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using JupyterHub.Core.Unicode;

namespace JupyterHub.Core.Servers;

/// <summary>What named servers may be called (contract 10).</summary>
internal static partial class ServerNames
{
    public const int MaxLength = 30;

    private const int MaxDisplayLength = 255;

    /// <summary>Whether a new server may have this name. Servers from before JupyterHub 6 may have others.</summary>
    public static bool IsValid(string name) => name.Length <= MaxLength && Allowed().IsMatch(name);

    /// <summary>The display name in the form that is kept (NFC); null if it cannot be one.</summary>
    public static string? NormalizeDisplayName(string displayName)
    {
        // Half a surrogate pair is no text, and cannot be normalised either.
        if (displayName.Length > 4 * MaxDisplayLength || displayName.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
        {
            return null;
        }

        var normalized = CanonicalForm.Of(displayName);
        var runes = normalized.EnumerateRunes().ToList();
        var isValid = runes.Count is > 0 and <= MaxDisplayLength
            && !normalized.StartsWith(' ')
            && !normalized.EndsWith(' ')
            && !normalized.Contains("  ", StringComparison.Ordinal)
            && runes.TrueForAll(rune => rune.Value == ' ' || IsPrintable(Rune.GetUnicodeCategory(rune)));
        return isValid ? normalized : null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();

    /// <summary>Letters, marks, numbers, punctuation and symbols.</summary>
    private static bool IsPrintable(UnicodeCategory category) => category is
        not (UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
