using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.OAuth;

/// <summary>The challenge methods of RFC 7636.</summary>
internal static class PkceMethod
{
    public const string Plain = "plain";
    public const string S256 = "S256";

    private const int LongestVerifier = 1024;

    public static bool IsSupported(string? method) => method is Plain or S256;

    /// <summary>True if the verifier belongs to the challenge.</summary>
    public static bool Verify(string method, string challenge, string verifier)
    {
        if (verifier.Length > LongestVerifier || !IsSupported(method))
        {
            return false;
        }

        var answer = method == Plain ? verifier : Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(answer), Encoding.UTF8.GetBytes(challenge));
    }
}
