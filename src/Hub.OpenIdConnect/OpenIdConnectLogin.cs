using System.Text.Json.Nodes;

namespace JupyterHub.OpenIdConnect;

/// <summary>A login by OpenID Connect.</summary>
internal sealed class OpenIdConnectLogin : ProviderLogin
{
    public const string TypeName = "oidc";

    private readonly OpenIdConnectLoginOptions settings;
    private readonly Provider provider;
    private readonly IdTokens idTokens;

    public OpenIdConnectLogin(string name, OpenIdConnectLoginOptions settings, ProviderHandlers handlers, TimeProvider time)
        : base(name, settings, handlers)
    {
        this.settings = settings;
        provider = new Provider(settings.Issuer, Http, time);
        idTokens = new IdTokens(settings, provider, time);
    }

    public override string Issuer => settings.Issuer;

    public override IReadOnlyList<string> SubjectClaims => ["sub"];

    public override IReadOnlyList<string> NameClaims => ["preferred_username"];

    public override bool HasNonce => true;

    public override async Task<string> AuthorizationEndpointAsync(CancellationToken cancellationToken) =>
        (await provider.MetadataAsync(cancellationToken)).AuthorizationEndpoint;

    public override async Task<string> TokenEndpointAsync(CancellationToken cancellationToken) =>
        (await provider.MetadataAsync(cancellationToken)).TokenEndpoint;

    public override async Task CheckIssuerAsync(string? issuer, CancellationToken cancellationToken)
    {
        var isRequired = (await provider.MetadataAsync(cancellationToken)).SendsIssuer;
        if (issuer is null ? isRequired : issuer != settings.Issuer)
        {
            throw LoginProblemException.Rejected("the answer is of another provider");
        }
    }

    public override async Task<ProviderAnswer> IdentifyAsync(JsonObject tokens, string accessToken, string nonce, CancellationToken cancellationToken)
    {
        if (Json.Text(tokens, "id_token") is not { } idToken)
        {
            throw LoginProblemException.Rejected("the provider gave no id token");
        }

        var claims = await idTokens.ValidateAsync(idToken, nonce, accessToken, cancellationToken);
        if (settings.UseUserInfo && (await provider.MetadataAsync(cancellationToken)).UserInfoEndpoint is { } endpoint)
        {
            await AddUserInfoAsync(claims, endpoint, accessToken, cancellationToken);
        }

        return new ProviderAnswer(ClaimsMaker.Create(claims, settings.Issuer), claims);
    }

    /// <summary>What the id token says is signed, and goes before what the endpoint says.</summary>
    private async Task AddUserInfoAsync(JsonObject claims, string endpoint, string accessToken, CancellationToken cancellationToken)
    {
        var info = await Http.GetAsync(endpoint, accessToken, cancellationToken);
        if (Json.Text(info, "sub") != Json.Text(claims, "sub"))
        {
            throw LoginProblemException.Rejected("the userinfo endpoint speaks of somebody else");
        }

        foreach (var (name, value) in info)
        {
            if (!claims.ContainsKey(name))
            {
                claims[name] = value?.DeepClone();
            }
        }
    }
}
