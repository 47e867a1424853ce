using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>
/// The signed values of tornado, version 2: <c>2|1:0|10:time|length:name|length:base64 value|hex HMAC-SHA256 of all before</c>.
/// A browser that signed in at the original hub stays signed in here with the same secret, and the other way round.
/// </summary>
internal static class SignedValue
{
    /// <summary>Longer texts are refused unread. The longest that we make has some 300 characters.</summary>
    public const int LongestText = 4096;

    private const int SignatureLength = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Signs a value.</summary>
    /// <param name="key">The cookie secret.</param>
    /// <param name="name">ASCII name that the value is bound to.</param>
    /// <param name="value">What is signed.</param>
    /// <param name="unixSeconds">When it was signed.</param>
    /// <param name="mark">
    /// Stands where tornado keeps the version of the key, which means nothing to it as long as there is one key: tells apart what would be the
    /// same otherwise.
    /// </param>
    public static string Create(ReadOnlySpan<byte> key, string name, string value, long unixSeconds, long mark = 0)
    {
        var version = mark.ToString(CultureInfo.InvariantCulture);
        var time = unixSeconds.ToString(CultureInfo.InvariantCulture);
        var content = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        var signed = string.Create(CultureInfo.InvariantCulture, $"2|{version.Length}:{version}|{time.Length}:{time}|{name.Length}:{name}|{content.Length}:{content}|");
        return signed + Sign(key, signed);
    }

    /// <summary>Checks signature, name and age. Whatever comes in, it answers and never throws.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> key,
        string name,
        string? text,
        TimeSpan maxAge,
        DateTimeOffset now,
        [NotNullWhen(true)] out string? value,
        out long unixSeconds)
    {
        value = null;
        unixSeconds = 0;
        if (string.IsNullOrEmpty(text) || text.Length > LongestText || !Ascii.IsValid(text) || !text.StartsWith("2|", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(2);
        return TryTakeField(ref rest, out _)
            && TryTakeField(ref rest, out var time)
            && TryTakeField(ref rest, out var signedName)
            && TryTakeField(ref rest, out var content)
            && HasSignature(key, text[..^rest.Length], rest)
            && signedName.SequenceEqual(name)
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out unixSeconds)
            && unixSeconds >= (now.ToUnixTimeMilliseconds() / 1000.0) - maxAge.TotalSeconds
            && TryDecodeContent(content, out value);
    }

    private static bool TryTakeField(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> field)
    {
        field = default;
        var colon = rest.IndexOf(':');
        if (colon is < 1 or > 5 || !int.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        rest = rest[(colon + 1)..];
        if (length >= rest.Length || rest[length] != '|')
        {
            return false;
        }

        field = rest[..length];
        rest = rest[(length + 1)..];
        return true;
    }

    private static bool HasSignature(ReadOnlySpan<byte> key, string signed, ReadOnlySpan<char> signature) =>
        signature.Length == SignatureLength
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(key, signed)), Encoding.ASCII.GetBytes(signature.ToString()));

    private static string Sign(ReadOnlySpan<byte> key, string signed) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)));

    private static bool TryDecodeContent(ReadOnlySpan<char> content, [NotNullWhen(true)] out string? value)
    {
        value = null;
        var bytes = new byte[content.Length];
        if (!Convert.TryFromBase64Chars(content, bytes, out var written))
        {
            return false;
        }

        try
        {
            value = StrictUtf8.GetString(bytes, 0, written);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
