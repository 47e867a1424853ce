using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>Passwords at rest: PBKDF2-HMAC-SHA512, as <c>pbkdf2-sha512$iterations$salt$hash</c> (base64), so that old hashes stay readable when the cost rises.</summary>
internal static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha512";
    private const int Iterations = 210_000;
    private const int MostIterations = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Derive(password, salt, Iterations, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>False also for a text that is no hash of ours.</summary>
    public static bool Verify(string password, string hashed)
    {
        var parts = hashed.Split('$');
        if (parts.Length != 4
            || parts[0] != Scheme
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MostIterations
            || !TryDecode(parts[2], out var salt)
            || !TryDecode(parts[3], out var hash))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(hash, Derive(password, salt, iterations, hash.Length));
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        if (text.Length is 0 or > 256 || !Convert.TryFromBase64String(text, bytes, out var written) || written < SaltBytes)
        {
            return false;
        }

        Array.Resize(ref bytes, written);
        return true;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, length);
}
