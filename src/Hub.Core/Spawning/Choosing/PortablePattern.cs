using System.Text;
using System.Text.RegularExpressions;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>
/// A regular expression that means the same here, in browsers and in JSON Schema, and whose matching takes time in proportion to the text,
/// whatever the text is.
/// </summary>
internal sealed class PortablePattern
{
    private readonly Regex whole;

    private PortablePattern(string inner)
    {
        Portable = $"^(?:{inner})$";
        whole = new Regex($@"\A(?:{inner})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>The pattern for others; the whole text must match it.</summary>
    public string Portable { get; }

    /// <exception cref="ArgumentException">It is no regular expression, or one with lookarounds or back references.</exception>
    public static PortablePattern Parse(string pattern)
    {
        try
        {
            // By itself first: what closes a bracket that it did not open would end the one around it.
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return new PortablePattern(Narrow(pattern));
        }
        catch (NotSupportedException unsupported)
        {
            throw new ArgumentException("it has lookarounds, back references or the like", nameof(pattern), unsupported);
        }
    }

    public bool IsMatch(string text) => whole.IsMatch(text);

    /// <summary>Digits and word characters are those of ASCII elsewhere.</summary>
    private static string Narrow(string pattern)
    {
        var narrow = new StringBuilder(pattern.Length + 16);
        var isInClass = false;
        for (var index = 0; index < pattern.Length; index++)
        {
            var character = pattern[index];
            if (character == '\\' && index + 1 < pattern.Length)
            {
                narrow.Append(Narrow(pattern[++index], isInClass));
                continue;
            }

            isInClass = character switch { '[' => true, ']' => false, _ => isInClass };
            narrow.Append(character);
        }

        return narrow.ToString();
    }

    private static string Narrow(char escaped, bool isInClass) => (escaped, isInClass) switch
    {
        ('d', true) => "0-9",
        ('w', true) => "0-9A-Za-z_",
        ('d', false) => "[0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('D', false) => "[^0-9]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('D' or 'W', true) => throw new ArgumentException($"\\{escaped} cannot stand between brackets"),
        _ => $"\\{escaped}",
    };
}
