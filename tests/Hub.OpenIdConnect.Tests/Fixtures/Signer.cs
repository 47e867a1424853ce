using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.OpenIdConnect.Tests.Fixtures;

/// <summary>Keys of a provider, and tokens signed with them, by hand: so that a test can do what a library would not.</summary>
internal sealed class Signer
{
    private static readonly RSA Shared = RSA.Create(2048);

    private RSA rsa = Shared;
    private ECDsa? curve;
    private int generation = 1;

    public string KeyId => $"key-{generation}";

    /// <summary>The public key as text: what an attacker knows.</summary>
    public string PublicPem => rsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>A new RSA key takes the place of the old one.</summary>
    public void Rotate(int bits = 2048)
    {
        rsa = RSA.Create(bits);
        curve = null;
        generation++;
    }

    /// <summary>A new elliptic-curve key takes the place of the old one.</summary>
    public void RotateToCurve()
    {
        curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        generation++;
    }

    public JsonObject Header() => new() { ["alg"] = curve is null ? "RS256" : "ES256", ["kid"] = KeyId, ["typ"] = "JWT" };

    public JsonObject Published() => new() { ["keys"] = new JsonArray(Key()) };

    public string Sign(JsonObject header, JsonObject claims)
    {
        return Sign($"{Encode(header)}.{Encode(claims)}");
    }

    /// <summary>The same token with claims that are written otherwise, signed again.</summary>
    public string Resign(string token, Func<string, string> change)
    {
        var parts = token.Split('.');
        var claims = change(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(parts[1])));
        return Sign($"{parts[0]}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(claims))}");
    }

    private string Sign(string input)
    {
        var bytes = Encoding.ASCII.GetBytes(input);
        var signature = curve is null ? rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : curve.SignData(bytes, HashAlgorithmName.SHA256);
        return $"{input}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    public static string Encode(JsonObject part) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(part.ToJsonString()));

    /// <summary>The same token with another header, signed by a shared secret.</summary>
    public static string WithSharedSecret(string token, byte[] secret)
    {
        var input = $"{Encode(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" })}.{token.Split('.')[1]}";
        return $"{input}.{WebEncoders.Base64UrlEncode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}";
    }

    public static string HashOf(string accessToken) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private JsonObject Key()
    {
        if (curve is not null)
        {
            var point = curve.ExportParameters(false).Q;
            return new JsonObject { ["kty"] = "EC", ["use"] = "sig", ["kid"] = KeyId, ["crv"] = "P-256", ["x"] = WebEncoders.Base64UrlEncode(point.X!), ["y"] = WebEncoders.Base64UrlEncode(point.Y!) };
        }

        var parameters = rsa.ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["alg"] = "RS256",
            ["n"] = WebEncoders.Base64UrlEncode(parameters.Modulus!), ["e"] = WebEncoders.Base64UrlEncode(parameters.Exponent!),
        };
    }
}
