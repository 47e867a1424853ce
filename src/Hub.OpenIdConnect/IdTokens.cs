using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace JupyterHub.OpenIdConnect;

/// <summary>Checks id tokens (OpenID Connect Core 1.0, section 3.1.3.7).</summary>
internal sealed class IdTokens(OpenIdConnectLoginOptions settings, Provider provider, TimeProvider time)
{
    private const int Longest = 64 * 1024;

    /// <summary>Only signatures that need the provider's private key: a public key must never serve as a shared secret, and nothing goes unsigned.</summary>
    private static readonly HashSet<string> Algorithms = new(StringComparer.Ordinal)
    {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    };

    private readonly JwtSecurityTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };

    /// <summary>The claims of a token that is for us, from this provider, about this sign-in.</summary>
    /// <exception cref="LoginProblemException">It is not.</exception>
    public async Task<JsonObject> ValidateAsync(string token, string nonce, string accessToken, CancellationToken cancellationToken)
    {
        var header = HeaderOf(token);
        var keys = (await provider.KeysAsync(cancellationToken)).For(header.Kid, header.Alg);
        if (keys.Count == 0)
        {
            keys = (await provider.NewKeysAsync(cancellationToken)).For(header.Kid, header.Alg);
        }

        if (keys.Count == 0)
        {
            throw LoginProblemException.Rejected("the id token is signed with a key that the provider does not publish");
        }

        var payload = Verify(token, header.Alg, keys);
        CheckParty(payload);
        CheckNonce(payload, nonce);
        CheckAccessToken(payload, accessToken, header.Alg);
        return Json.Text(payload, "sub") is not null ? payload : throw LoginProblemException.Rejected("the id token names nobody");
    }

    private JwtHeader HeaderOf(string token)
    {
        if (token.Length > Longest || token.AsSpan().Count('.') != 2 || !handler.CanReadToken(token))
        {
            throw LoginProblemException.Rejected("the id token is no signed token");
        }

        JwtHeader header;
        try
        {
            header = handler.ReadJwtToken(token).Header;
        }
        catch (Exception problem) when (problem is ArgumentException or SecurityTokenException or JsonException or InvalidOperationException)
        {
            throw LoginProblemException.Rejected("the id token cannot be read", problem);
        }

        if (header.Alg is null || !Algorithms.Contains(header.Alg))
        {
            throw LoginProblemException.Rejected("the id token is not signed by an algorithm that is accepted");
        }

        return header.ContainsKey("crit") ? throw LoginProblemException.Rejected("the id token demands an extension") : header;
    }

    private JsonObject Verify(string token, string algorithm, IReadOnlyList<SecurityKey> keys)
    {
        try
        {
            handler.ValidateToken(token, Parameters(algorithm, keys), out var validated);
            return Json.Object(Base64Url.DecodeFromChars(((JwtSecurityToken)validated).RawPayload))
                ?? throw LoginProblemException.Rejected("the id token holds no claims");
        }
        catch (Exception problem) when (problem is SecurityTokenException or ArgumentException or JsonException or FormatException or CryptographicException or NotSupportedException or InvalidOperationException)
        {
            // The library's words may hold parts of the token: its kind of failure says enough.
            throw LoginProblemException.Rejected($"the id token is not valid ({problem.GetType().Name})", problem);
        }
    }

    private TokenValidationParameters Parameters(string algorithm, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = settings.Issuer,
        ValidAudience = settings.ClientId,
        ValidAlgorithms = [algorithm],
        IssuerSigningKeyResolver = (_, _, _, _) => keys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        NameClaimType = ClaimTypes.Name,
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var skew = TimeSpan.FromSeconds(settings.ClockSkew);
        return expires is { } end && end + skew > now && (notBefore is null || notBefore - skew <= now);
    }

    /// <summary>Where a token is for several, it says for whom it was issued: that must be us.</summary>
    private void CheckParty(JsonObject payload)
    {
        var isForSeveral = payload["aud"] is JsonArray { Count: > 1 };
        var party = Json.Text(payload, "azp");
        if ((isForSeveral || payload.ContainsKey("azp")) && party != settings.ClientId)
        {
            throw LoginProblemException.Rejected("the id token was issued for another client");
        }
    }

    private static void CheckNonce(JsonObject payload, string nonce)
    {
        var found = Encoding.UTF8.GetBytes(Json.Text(payload, "nonce") ?? "");
        if (!CryptographicOperations.FixedTimeEquals(found, Encoding.UTF8.GetBytes(nonce)))
        {
            throw LoginProblemException.Rejected("the id token belongs to another sign-in");
        }
    }

    private static void CheckAccessToken(JsonObject payload, string accessToken, string algorithm)
    {
        if (!payload.ContainsKey("at_hash"))
        {
            return;
        }

        var bytes = Encoding.ASCII.GetBytes(accessToken);
        var hash = algorithm[2..] switch
        {
            "256" => SHA256.HashData(bytes),
            "384" => SHA384.HashData(bytes),
            _ => SHA512.HashData(bytes),
        };
        if (Json.Text(payload, "at_hash") != Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2)))
        {
            throw LoginProblemException.Rejected("the id token belongs to another access token");
        }
    }
}
