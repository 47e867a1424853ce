using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Tokens;

/// <summary>Hashes tokens as the database keeps them: <c>sha512:rounds:salt:digest</c>.</summary>
internal static class TokenHash
{
    public static string Create(string token, int rounds = 1)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return string.Create(CultureInfo.InvariantCulture, $"sha512:{rounds}:{salt}:{Digest(token, salt, rounds)}");
    }

    public static bool Verify(string token, string hashed)
    {
        var parts = hashed.Split(':');
        return parts is ["sha512", var rounds, var salt, var digest]
            && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digest(token, salt, count)), Encoding.ASCII.GetBytes(digest));
    }

    public static string PrefixOf(string token) => token[..4];

    private static string Digest(string token, string salt, int rounds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(Encoding.UTF8.GetBytes(salt));
        var bytes = Encoding.UTF8.GetBytes(token);
        for (var i = 0; i < rounds; i++)
        {
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
