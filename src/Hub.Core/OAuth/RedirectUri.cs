using System.Buffers;

namespace JupyterHub.Core.OAuth;

/// <summary>Redirect addresses: absolute, or a path of this deployment, which servers behind the hub's own address use.</summary>
internal static class RedirectUri
{
    private static readonly SearchValues<char> Illegal = SearchValues.Create("\"<>\\^`{|}");

    /// <summary>True if the text may be a redirect address at all.</summary>
    public static bool IsWellFormed(string text) =>
        text.StartsWith('/') || (IsAsciiUri(text) && HasPlausibleAuthority(text));

    private static bool IsAsciiUri(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || text.Contains('#', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var character in text.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.AsSpan().ContainsAny(Illegal);
    }

    // An address that names a user is no redirect: it only serves to make a host look like another.
    private static bool HasPlausibleAuthority(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return true;
        }

        var rest = text.AsSpan(start + 3);
        var end = rest.IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        return !authority.Contains('@');
    }
}
