using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace JupyterHub.Core.OAuth;

/// <summary>The form encoding of queries and bodies (<c>application/x-www-form-urlencoded</c>), written and read as the clients' libraries do.</summary>
internal static class FormEncoding
{
    private static readonly SearchValues<byte> Literal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"u8);
    private static readonly SearchValues<char> Legal = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-=&;:%+~,*@!()/?'$");

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encodes one name or value: a space becomes a plus.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (Literal.Contains(value))
            {
                encoded.Append((char)value);
            }
            else if (value == (byte)' ')
            {
                encoded.Append('+');
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }

    /// <summary>Adds parameters to a URL's query, in front of its fragment.</summary>
    public static string AppendToQuery(string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var added = Join(parameters);
        if (added.Length == 0)
        {
            return url;
        }

        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var (main, fragment) = hash < 0 ? (url, "") : (url[..hash], url[hash..]);
        var separator = !main.Contains('?', StringComparison.Ordinal) ? "?" : main[^1] is '?' or '&' ? "" : "&";
        return main + separator + added + fragment;
    }

    /// <summary>Writes parameters into a URL's fragment.</summary>
    public static string AppendToFragment(string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var separator = !url.Contains('#', StringComparison.Ordinal) ? "#" : url[^1] == '#' ? "" : "&";
        return url + separator + Join(parameters);
    }

    /// <summary>Reads pairs, and whatever is malformed as well as possible.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DecodeLeniently(string text)
    {
        foreach (var pair in text.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                yield return new(DecodeOne(pair[..equals], Encoding.UTF8), DecodeOne(pair[(equals + 1)..], Encoding.UTF8));
            }
        }
    }

    /// <summary>Reads pairs; false for a character that must be encoded, a broken escape, invalid UTF-8 or, where <paramref name="mustHaveEquals"/>, a part without one.</summary>
    public static bool TryDecode(string text, bool mustHaveEquals, [NotNullWhen(true)] out List<KeyValuePair<string, string>>? pairs)
    {
        pairs = null;
        if (text.AsSpan().ContainsAnyExcept(Legal) || HasBrokenEscape(text))
        {
            return false;
        }

        var decoded = new List<KeyValuePair<string, string>>();
        foreach (var pair in text.Length == 0 ? [] : text.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && mustHaveEquals)
            {
                return false;
            }

            if (pair.Length == 0)
            {
                continue;
            }

            try
            {
                decoded.Add(equals < 0
                    ? new(DecodeOne(pair, StrictUtf8), "")
                    : new(DecodeOne(pair[..equals], StrictUtf8), DecodeOne(pair[(equals + 1)..], StrictUtf8)));
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }

        pairs = decoded;
        return true;
    }

    private static string Join(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}"));

    private static bool HasBrokenEscape(string text)
    {
        for (var index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                return true;
            }
        }

        return false;
    }

    private static string DecodeOne(string text, Encoding encoding)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[source.Length];
        var length = 0;
        for (var index = 0; index < source.Length; index++)
        {
            if (source[index] == (byte)'%' && index + 2 < source.Length
                && Convert.FromHexString(source.AsSpan(index + 1, 2), bytes.AsSpan(length), out _, out _) == OperationStatus.Done)
            {
                index += 2;
            }
            else
            {
                bytes[length] = source[index] == (byte)'+' ? (byte)' ' : source[index];
            }

            length++;
        }

        return encoding.GetString(bytes, 0, length);
    }
}
