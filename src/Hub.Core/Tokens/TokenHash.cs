using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Tokens;

/// <summary>The salted hash in which tokens and OAuth client secrets are stored: <c>sha512:rounds:salt:digest</c>.</summary>
internal static class TokenHash
{
    /// <summary>Rounds for values that a person made up, which have less entropy than generated ones.</summary>
    public const int SuppliedRounds = 16_384;

    /// <summary>Longest value that is hashed; keeps the work that a stranger can ask for small.</summary>
    public const int MaxTokenLength = 1024;

    private const int PrefixLength = 4;

    // The original writes 1 or 16384; a damaged row must not keep a processor busy.
    private const int MaxRounds = 65_536;

    private const int MaxStoredLength = 255;

    private const int ChunkLength = 8192;

    private const string Algorithm = "sha512";

    public static string Create(string token, int rounds = 1)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rounds, MaxRounds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(token.Length, MaxTokenLength, nameof(token));
        return Compute(token, rounds, RandomNumberGenerator.GetHexString(16, lowercase: true));
    }

    /// <summary>Whether the token has this hash. Whatever is stored, it does not throw; what cannot be read matches nothing.</summary>
    public static bool Verify(string token, string hashed)
    {
        if (string.IsNullOrEmpty(token) || token.Length > MaxTokenLength || string.IsNullOrEmpty(hashed) || hashed.Length > MaxStoredLength)
        {
            return false;
        }

        var parts = hashed.Split(':');
        if (parts.Length != 4
            || parts[0] != Algorithm
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < 1 or > MaxRounds)
        {
            return false;
        }

        // Compared as a whole, so that a number or digest written in another way does not match.
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Compute(token, rounds, parts[2])),
            Encoding.UTF8.GetBytes(hashed));
    }

    /// <summary>Whether comparing with this hash takes so long that the answer is worth keeping.</summary>
    public static bool IsSlow(string hashed) => !hashed.StartsWith(Algorithm + ":1:", StringComparison.Ordinal);

    /// <summary>The first four characters (code points), by which stored candidates are found.</summary>
    public static string PrefixOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var length = 0;
        for (var characters = 0; characters < PrefixLength && length < token.Length; characters++)
        {
            length += char.IsSurrogatePair(token, length) ? 2 : 1;
        }

        return token[..length];
    }

    private static string Compute(string token, int rounds, string salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(Encoding.UTF8.GetBytes(salt));

        // Thousands of tiny appends would cost more than the hashing itself.
        var bytes = Encoding.UTF8.GetBytes(token);
        var roundsAtOnce = Math.Clamp(ChunkLength / Math.Max(bytes.Length, 1), 1, rounds);
        var chunk = new byte[bytes.Length * roundsAtOnce];
        for (var round = 0; round < roundsAtOnce; round++)
        {
            bytes.CopyTo(chunk, round * bytes.Length);
        }

        for (var left = rounds; left > 0; left -= roundsAtOnce)
        {
            hash.AppendData(chunk, 0, bytes.Length * Math.Min(left, roundsAtOnce));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Algorithm}:{rounds}:{salt}:{Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
