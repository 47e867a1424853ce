using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>The token that clients of the API have to know. Only its hash is kept.</summary>
internal sealed partial class ApiToken
{
    private const int Longest = 8192;

    private readonly byte[] hash;

    public ApiToken(string token) => hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>True for a header that names the token; takes as long for one that almost does.</summary>
    public bool IsIn(string? authorization)
    {
        if (authorization is null || authorization.Length > Longest || Presented().Match(authorization) is not { Success: true } match)
        {
            return false;
        }

        Span<byte> presented = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value), presented);
        return CryptographicOperations.FixedTimeEquals(presented, hash);
    }

    // Anywhere in the value and in this case only, as the original looks for it.
    [GeneratedRegex(@"token\s+(\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Presented();
}
