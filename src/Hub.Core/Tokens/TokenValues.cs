using System.Buffers.Text;
using System.Security.Cryptography;

namespace JupyterHub.Core.Tokens;

/// <summary>Makes new token values in the forms of the original.</summary>
internal static class TokenValues
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>An API token: a random UUID (version 4) as 32 hexadecimal digits.</summary>
    /// <remarks>From the cryptographic generator by hand: <see cref="Guid.NewGuid"/> does not promise that.</remarks>
    public static string NewApiToken()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>An OAuth access token or authorization code: 30 letters and digits.</summary>
    public static string NewOAuthValue() => RandomNumberGenerator.GetString(Alphanumeric, 30);

    /// <summary>A share code: 32 random bytes in URL-safe Base64 without padding.</summary>
    public static string NewShareCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
