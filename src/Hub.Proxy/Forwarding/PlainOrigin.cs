using System.Globalization;
using System.Net;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Reads targets as hubs write them, <c>http://127.0.0.1:43210</c>, without taking them apart into more than host and port: only what has one
/// spelling, and that is the text itself. For all others there is <see cref="Uri"/>.
/// </summary>
internal static class PlainOrigin
{
    private const string Scheme = "http://";
    private const int DefaultPort = 80;
    private const int LongestLabel = 63;
    private const int LongestHost = 253;

    public static bool TryRead(string text, out int port)
    {
        port = 0;
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var authority = text.AsSpan(Scheme.Length);
        var colon = authority.IndexOf(':');
        return colon > 0 && IsPort(authority[(colon + 1)..], out port) && (IsAddress(authority[..colon]) || IsName(authority[..colon]));
    }

    private static bool IsPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.Length is > 0 and <= 5 && text[0] != '0' && AreDigits(text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is not DefaultPort and <= IPEndPoint.MaxPort;
    }

    // Parsing numbers reads over null characters behind them.
    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsAddress(ReadOnlySpan<char> host)
    {
        var parts = 0;
        foreach (var part in host.Split('.'))
        {
            var text = host[part];
            if (++parts > 4 || (text.Length > 1 && text[0] == '0') || !AreDigits(text) || !byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }

        return parts == 4;
    }

    // A last label of digits could be read as part of an address, and two hyphens stand for letters of other scripts.
    private static bool IsName(ReadOnlySpan<char> host)
    {
        if (host.Length > LongestHost || host.Contains("--", StringComparison.Ordinal))
        {
            return false;
        }

        var isLetterFirst = false;
        foreach (var part in host.Split('.'))
        {
            var label = host[part];
            if (label.Length is 0 or > LongestLabel || !IsLetterOrDigit(label[0]) || !IsLetterOrDigit(label[^1]) || !AreOfNames(label))
            {
                return false;
            }

            isLetterFirst = label[0] is >= 'a' and <= 'z';
        }

        return isLetterFirst;
    }

    private static bool AreOfNames(ReadOnlySpan<char> label)
    {
        foreach (var character in label)
        {
            if (!IsLetterOrDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLetterOrDigit(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
