namespace JupyterHub.Core.Authentication;

/// <summary>Reads tokens from an <c>Authorization</c> header (contract 1.6).</summary>
internal static class AuthorizationHeader
{
    /// <summary>The token of <c>token value</c> or <c>bearer value</c>, in any case, with one run of white space; null for anything else, Basic included.</summary>
    public static string? ReadToken(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var space = header.AsSpan().IndexOfAny(' ', '\t');
        if (space < 0)
        {
            return null;
        }

        var scheme = header.AsSpan(0, space);
        var value = header.AsSpan(space).TrimStart();
        return (scheme.Equals("token", StringComparison.OrdinalIgnoreCase) || scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase))
            && value.Length > 0
            && !ContainsWhiteSpace(value)
            ? value.ToString()
            : null;
    }

    private static bool ContainsWhiteSpace(ReadOnlySpan<char> value)
    {
        foreach (var character in value)
        {
            if (char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }
}
