using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace JupyterHub.Core.Authentication.AuthState;

/// <summary>Fernet tokens, version 0x80: AES-128-CBC, then HMAC-SHA256 over everything, in URL-safe Base64 with padding.</summary>
/// <remarks>Version (1 byte), seconds since 1970 (8, big-endian), IV (16), ciphertext, HMAC (32). A key is 16 bytes to sign with and 16 to encrypt with.</remarks>
internal static class Fernet
{
    private const byte Version = 0x80;
    private const int HalfKey = 16;
    private const int BlockBytes = 16;
    private const int HeaderBytes = 1 + 8 + BlockBytes;

    /// <summary>Encrypts with a key of 32 bytes.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, DateTimeOffset now) => Encrypt(key, clear, now, RandomNumberGenerator.GetBytes(BlockBytes));

    /// <summary>Encrypts with a given IV, for test vectors only.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, DateTimeOffset now, ReadOnlySpan<byte> iv)
    {
        using var aes = Aes.Create();
        aes.SetKey(key[HalfKey..]);
        var cipher = aes.EncryptCbc(clear, iv);
        var token = new byte[HeaderBytes + cipher.Length + HMACSHA256.HashSizeInBytes];
        token[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(1), now.ToUnixTimeSeconds());
        iv.CopyTo(token.AsSpan(1 + 8));
        cipher.CopyTo(token, HeaderBytes);
        var signed = token.AsSpan(..^HMACSHA256.HashSizeInBytes);
        HMACSHA256.HashData(key[..HalfKey], signed, token.AsSpan(signed.Length));
        return Encode(token);
    }

    /// <summary>Decrypts; false if the token is none, was changed, or was made with another key. How old it is does not count.</summary>
    public static bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? clear)
    {
        clear = null;
        if (Decode(text) is not { } token
            || token.Length < HeaderBytes + BlockBytes + HMACSHA256.HashSizeInBytes
            || token[0] != Version
            || (token.Length - HeaderBytes - HMACSHA256.HashSizeInBytes) % BlockBytes != 0)
        {
            return false;
        }

        var signed = token.AsSpan(..^HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key[..HalfKey], signed), token.AsSpan(signed.Length)))
        {
            return false;
        }

        try
        {
            using var aes = Aes.Create();
            aes.SetKey(key[HalfKey..]);
            clear = aes.DecryptCbc(signed[HeaderBytes..], signed.Slice(1 + 8, BlockBytes));
            return true;
        }
        catch (CryptographicException)
        {
            // Signed with this key, and yet no text: its maker padded it wrongly.
            return false;
        }
    }

    private static byte[] Encode(ReadOnlySpan<byte> token)
    {
        var text = new byte[(token.Length + 2) / 3 * 4];
        Base64Url.EncodeToUtf8(token, text, out _, out var written);
        text.AsSpan(written).Fill((byte)'=');
        return text;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var token = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromUtf8(text, token, out _, out var written) == System.Buffers.OperationStatus.Done ? token[..written] : null;
    }
}
