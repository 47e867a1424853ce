using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Authentication;

/// <summary>What the database keeps of a revoked login: enough to recognise it, not enough to use it.</summary>
internal static class LoginDigest
{
    /// <summary>SHA-256 of the cookie's value, in lower-case hexadecimal.</summary>
    public static string Of(string cookie) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)));
}
