using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>A login by plain OAuth2, where an endpoint says whose a token is.</summary>
internal sealed class OAuthLogin(string name, OAuthLoginOptions settings, ProviderHandlers handlers) : ProviderLogin(name, settings, handlers)
{
    public const string TypeName = "oauth";

    public override string Issuer => settings.Issuer is { Length: > 0 } issuer ? issuer : new Uri(settings.AuthorizationEndpoint).GetLeftPart(UriPartial.Authority);

    public override IReadOnlyList<string> SubjectClaims => ["id", "sub"];

    public override IReadOnlyList<string> NameClaims => ["login", "username", "preferred_username"];

    public override bool HasNonce => false;

    public override Task<string> AuthorizationEndpointAsync(CancellationToken cancellationToken) => Task.FromResult(settings.AuthorizationEndpoint);

    public override Task<string> TokenEndpointAsync(CancellationToken cancellationToken) => Task.FromResult(settings.TokenEndpoint);

    public override Task CheckIssuerAsync(string? issuer, CancellationToken cancellationToken) =>
        issuer is null || issuer == Issuer ? Task.CompletedTask : throw LoginProblemException.Rejected("the answer is of another provider");

    public override async Task<ProviderAnswer> IdentifyAsync(JsonObject tokens, string accessToken, string nonce, CancellationToken cancellationToken)
    {
        var info = await Http.GetAsync(settings.UserInfoEndpoint, accessToken, cancellationToken);
        return new ProviderAnswer(ClaimsMaker.Create(info, Issuer), info);
    }
}
