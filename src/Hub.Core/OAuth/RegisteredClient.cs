namespace JupyterHub.Core.OAuth;

/// <summary>An OAuth client with what it belongs to.</summary>
/// <param name="Row">The client.</param>
/// <param name="Owner">Its server or service; null if that is gone.</param>
internal sealed record RegisteredClient(OAuthClient Row, OAuthClientOwner? Owner)
{
    /// <summary>Scopes that tell who the user is; a token has them whatever its owner holds.</summary>
    public static readonly IReadOnlyList<string> IdentityScopes = ["read:users:name!user", "read:users:groups!user"];

    /// <summary>What people are told it is.</summary>
    public string Description => string.IsNullOrEmpty(Row.Description) ? Row.Identifier : Row.Description;

    /// <summary>Scopes that every token for it gives: who the user is, and access to the client itself.</summary>
    public IReadOnlyList<string> RequiredScopes => Owner is null ? IdentityScopes : [.. IdentityScopes, Owner.AccessScope];

    /// <summary>Scopes of a request that asks for none in particular.</summary>
    public IEnumerable<string> DefaultScopes =>
        Row.AllowedScopes.Contains("inherit") ? Row.AllowedScopes : Row.AllowedScopes.Union(RequiredScopes);
}
