using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Tokens;

/// <summary>Names token values in memory without keeping them: a keyed hash, whose key nobody outside of this process can know.</summary>
internal sealed class TokenFingerprints
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public UInt128 Of(string token)
    {
        Span<byte> text = stackalloc byte[TokenHash.MaxTokenLength * 3];
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(token, text);
        HMACSHA256.HashData(key, text[..length], digest);
        text[..length].Clear();
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
