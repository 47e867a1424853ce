using System.Buffers;
using System.Globalization;
using System.Text;
using JupyterHub.Core.OAuth;

namespace JupyterHub.Core.Authentication;

/// <summary>Where to go after signing in (contract 9). What a link says is believed only if it stays on this deployment.</summary>
internal static class NextUrl
{
    private const int Longest = 16 * 1024;
    private static readonly SearchValues<char> Encoded = SearchValues.Create(" \"<>");

    /// <summary>
    /// Turns a <c>next</c> argument into a path that is safe to redirect to: it begins with exactly one slash, is ASCII, and holds no
    /// control character. Null for everything else, as if there had been no argument.
    /// </summary>
    public static string? Validate(string? next, NextUrlOrigin origin)
    {
        if (string.IsNullOrEmpty(next) || next.Length > Longest)
        {
            return null;
        }

        // Browsers take a backslash for a slash; in a path it means itself.
        var url = PythonText.Strip(Sanitize(next)).Replace("\\", "%5C", StringComparison.Ordinal);
        if (url.StartsWith("///", StringComparison.Ordinal))
        {
            // Browsers take any number of slashes for two: what follows is a host.
            url = "//" + url.TrimStart('/');
        }

        url = OwnPath(url, origin) ?? url;
        return IsPath(url) ? Encode(url) : null;
    }

    /// <summary>The first of those that is safe or ours; what is not the link's own gets the query of the current request.</summary>
    /// <param name="next">The <c>next</c> argument, the form's before the query's.</param>
    /// <param name="origin">How the browser sees the hub.</param>
    /// <param name="query">The raw query of the request.</param>
    /// <param name="ownChoice">Where to go otherwise: the page's own default, <c>DefaultUrl</c>, the server or the home page.</param>
    public static string Choose(string? next, NextUrlOrigin origin, string query, string ownChoice) =>
        Validate(next, origin) ?? AppendQuery(ownChoice, query);

    /// <summary>Carries a query over, without <c>next</c>, <c>_xsrf</c>, what else is left out, and parameters that are blank.</summary>
    public static string AppendQuery(string url, string query, params string[] leftOut)
    {
        var kept = FormEncoding.DecodeLeniently(query)
            .Where(pair => pair.Value.Length > 0 && pair.Key is not ("next" or XsrfTokens.Name) && !leftOut.Contains(pair.Key, StringComparer.Ordinal));
        return FormEncoding.AppendToQuery(url, kept);
    }

    // The web framework of the original hands control characters on as spaces, except those that count as white space.
    private static string Sanitize(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = source[index] is (<= '\u0008') or (>= '\u000e' and <= '\u001f') ? ' ' : source[index];
        }
    });

    private static string? OwnPath(string url, NextUrlOrigin origin)
    {
        foreach (var prefix in (ReadOnlySpan<string>)[$"{origin.Scheme}://{origin.Host}", $"//{origin.Host}"])
        {
            if (url.StartsWith(prefix, StringComparison.Ordinal) && (url.Length == prefix.Length || url[prefix.Length] == '/'))
            {
                return "/" + url[prefix.Length..].TrimStart('/');
            }
        }

        return null;
    }

    private static bool IsPath(string url)
    {
        if (!url.StartsWith('/') || url.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        // Browsers drop tab and newline from URLs, so "/<tab>/host" would be another host.
        foreach (var character in url)
        {
            if (char.IsControl(character))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Encode(string url)
    {
        if (Ascii.IsValid(url) && !url.AsSpan().ContainsAny(Encoded))
        {
            return url;
        }

        var encoded = new StringBuilder(url.Length + 32);
        Span<byte> bytes = stackalloc byte[4];
        for (var index = 0; index < url.Length;)
        {
            if (Rune.DecodeFromUtf16(url.AsSpan(index), out var rune, out var consumed) != OperationStatus.Done)
            {
                return null;
            }

            index += consumed;
            if (rune.IsAscii && !Encoded.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }
}
