using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace JupyterHub.Core.Authentication.AuthState;

/// <summary>Reads keys in the forms that the original takes (contract 17).</summary>
internal static class FernetKey
{
    public const int Length = 32;

    private const int Base64Length = 44;

    /// <summary>44 characters of Base64, 64 hexadecimal digits, or 32 characters that are the key itself; null for anything else.</summary>
    public static byte[]? Parse(string text)
    {
        var raw = Encoding.UTF8.GetBytes(text);
        return raw.Length switch
        {
            Base64Length => FromBase64(raw),
            2 * Length => FromHex(text),
            Length => raw,
            _ => null,
        };
    }

    private static byte[]? FromBase64(ReadOnlySpan<byte> text)
    {
        // Both alphabets: the original's decoder translates one into the other.
        Span<byte> translated = stackalloc byte[Base64Length];
        text.CopyTo(translated);
        translated.Replace((byte)'+', (byte)'-');
        translated.Replace((byte)'/', (byte)'_');
        var key = new byte[Base64Url.GetMaxDecodedLength(Base64Length)];
        return Base64Url.DecodeFromUtf8(translated, key, out _, out var written) == OperationStatus.Done && written == Length ? key[..written] : null;
    }

    private static byte[]? FromHex(string text)
    {
        var key = new byte[Length];
        return Convert.FromHexString(text, key, out _, out _) == OperationStatus.Done ? key : null;
    }
}
