using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as we need it.</summary>
internal sealed record ProviderMetadata(
    string Issuer, string AuthorizationEndpoint, string TokenEndpoint, string KeysEndpoint, string? UserInfoEndpoint, bool SendsIssuer)
{
    /// <exception cref="LoginProblemException">It is somebody else's, or leads where others can listen.</exception>
    public static ProviderMetadata Read(JsonObject document, string issuer)
    {
        if (Json.Text(document, "issuer") != issuer)
        {
            throw LoginProblemException.Rejected("the discovery document is of another issuer");
        }

        return new ProviderMetadata(
            issuer,
            Endpoint(document, issuer, "authorization_endpoint")!,
            Endpoint(document, issuer, "token_endpoint")!,
            Endpoint(document, issuer, "jwks_uri")!,
            Endpoint(document, issuer, "userinfo_endpoint", isRequired: false),
            Json.Flag(document, "authorization_response_iss_parameter_supported"));
    }

    private static string? Endpoint(JsonObject document, string issuer, string name, bool isRequired = true)
    {
        var address = Json.Text(document, name);
        if (address is null && !isRequired)
        {
            return null;
        }

        // A provider elsewhere has no business on this machine: it must not make the hub knock at doors that are closed to others.
        return ProviderLoginOptions.IsSafe(address) && (ProviderLoginOptions.IsLocal(issuer) || !ProviderLoginOptions.IsLocal(address!))
            ? address
            : throw LoginProblemException.Rejected($"the discovery document has no usable {name}");
    }
}
