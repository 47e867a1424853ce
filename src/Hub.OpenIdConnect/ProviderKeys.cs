using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace JupyterHub.OpenIdConnect;

/// <summary>The public keys of a provider that can sign id tokens.</summary>
internal sealed class ProviderKeys
{
    private const int Most = 100;
    private const int LeastRsaBits = 2048;

    private readonly List<JsonWebKey> keys;

    private ProviderKeys(List<JsonWebKey> keys) => this.keys = keys;

    /// <summary>Reads a key set (RFC 7517). Keys that are too weak, symmetric or for other uses are left out.</summary>
    /// <exception cref="LoginProblemException">It is no key set.</exception>
    public static ProviderKeys Read(JsonObject document)
    {
        try
        {
            return new ProviderKeys([.. JsonWebKeySet.Create(document.ToJsonString()).Keys.Take(Most).Where(IsUsable)]);
        }
        catch (ArgumentException problem)
        {
            throw LoginProblemException.Rejected("the key set cannot be read", problem);
        }
    }

    /// <summary>The keys that a token may be signed with: the one that it names, or the only one of its kind if it names none.</summary>
    public IReadOnlyList<SecurityKey> For(string? keyId, string algorithm)
    {
        var type = algorithm.StartsWith("ES", StringComparison.Ordinal) ? JsonWebAlgorithmsKeyTypes.EllipticCurve : JsonWebAlgorithmsKeyTypes.RSA;
        var fitting = keys.Where(key => key.Kty == type && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm)).ToList();
        if (!string.IsNullOrEmpty(keyId))
        {
            return [.. fitting.Where(key => key.Kid == keyId)];
        }

        return fitting.Count == 1 ? [fitting[0]] : [];
    }

    private static bool IsUsable(JsonWebKey key) =>
        (string.IsNullOrEmpty(key.Use) || key.Use == JsonWebKeyUseNames.Sig)
        && (key.Kty == JsonWebAlgorithmsKeyTypes.RSA ? key.KeySize >= LeastRsaBits : key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve);
}
