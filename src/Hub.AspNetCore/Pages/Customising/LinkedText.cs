using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Pages.Customising;

/// <summary>
/// Finds addresses in plain text, so that they can be shown as links: <c>https://…</c>, <c>[words](https://…)</c> and, where that is wanted,
/// mail addresses. Nothing else is markup, and no other scheme becomes a link.
/// </summary>
internal static partial class LinkedText
{
    private const string Closing = ".,;:!?'\"";

    /// <summary>The pieces in their order; those with an address are links.</summary>
    /// <param name="text">The text.</param>
    /// <param name="withMail">Mail addresses are links too.</param>
    public static IEnumerable<(string Text, string? Url)> Parts(string text, bool withMail = false)
    {
        var done = 0;
        foreach (Match match in Addresses().Matches(text))
        {
            if (match.Index < done || Read(match, withMail) is not var (length, shown, url))
            {
                continue;
            }

            if (match.Index > done)
            {
                yield return (text[done..match.Index], null);
            }

            yield return (shown, url);
            done = match.Index + length;
        }

        if (done < text.Length)
        {
            yield return (text[done..], null);
        }
    }

    private static (int Length, string Shown, string Url)? Read(Match match, bool withMail)
    {
        if (match.Groups["mail"] is { Success: true } mail)
        {
            return withMail ? (mail.Length, mail.Value, "mailto:" + mail.Value) : null;
        }

        if (match.Groups["words"] is { Success: true } words)
        {
            return Checked(match.Groups["target"].Value) is { } target ? (match.Length, words.Value, target) : null;
        }

        // The full stop behind an address ends the sentence, and so does a bracket that was opened before it.
        var bare = match.Value.TrimEnd(Closing.ToCharArray());
        if (bare.EndsWith(')') && bare.Count(letter => letter == '(') < bare.Count(letter => letter == ')'))
        {
            bare = bare[..^1].TrimEnd(Closing.ToCharArray());
        }

        return Checked(bare) is { } url ? (bare.Length, bare, url) : null;
    }

    private static string? Checked(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Host.Length > 0
            ? url.AbsoluteUri
            : null;

    [GeneratedRegex("""
        \[(?<words>[^\[\]\r\n]{1,200})\]\((?<target>https?://[^\s<>"()]{1,1000})\)|https?://[^\s<>"\[\]]{1,1000}|(?<![A-Za-z0-9._%+@-])(?<mail>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9@-])
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();
}
