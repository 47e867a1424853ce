using System.Security.Cryptography;

namespace JupyterHub.Core.Tokens;

/// <summary>Makes new token values.</summary>
internal static class TokenValues
{
    /// <summary>An API token: 32 hexadecimal digits.</summary>
    public static string NewApiToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>An OAuth access token or code: 30 letters and digits.</summary>
    public static string NewOAuthValue() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 30);
}
