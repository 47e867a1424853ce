using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.Servers;

/// <summary>What a server proves itself with: its API token, which is its OAuth client's secret too.</summary>
internal sealed class ServerCredentials
{
    private readonly string tokenHash;
    private readonly string secretHash;
    private readonly IReadOnlyList<string> tokenScopes;
    private readonly IReadOnlyList<string> clientScopes;

    private ServerCredentials(string token, IReadOnlyList<string> tokenScopes, IReadOnlyList<string> clientScopes)
    {
        Token = token;
        this.tokenScopes = tokenScopes;
        this.clientScopes = clientScopes;
        tokenHash = TokenHash.Create(token);
        secretHash = TokenHash.Create(token, ServerOAuthClient.SecretRounds);
    }

    /// <summary>The clear text, for the server's environment only.</summary>
    public string Token { get; }

    /// <summary>Makes new credentials. Hashing takes milliseconds: not inside a transaction.</summary>
    public static ServerCredentials Create(ServerKey key, IReadOnlyList<string> tokenScopes, IEnumerable<string> clientAllowedScopes)
    {
        var clientScopes = clientAllowedScopes.Append(ServerOAuthClient.AccessScopeOf(key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new ServerCredentials(TokenValues.NewApiToken(), tokenScopes, [.. clientScopes]);
    }

    public HubToken ToTokenRow(ServerRecord record, DateTime now) => new()
    {
        UserId = record.UserId,
        ClientId = OAuthClient.HubIdentifier,
        Hashed = tokenHash,
        Prefix = TokenHash.PrefixOf(Token),
        Created = now,
        Note = record.Note,
        Scopes = [.. tokenScopes],
    };

    public OAuthClient ToClientRow(ServerRecord record) => new()
    {
        Identifier = record.ClientId,
        Description = record.Note,
        Secret = secretHash,
        RedirectUri = ServerOAuthClient.RedirectUriOf(record.Prefix),
        AllowedScopes = [.. clientScopes],
    };

    /// <summary>Never prints the token.</summary>
    public override string ToString() => nameof(ServerCredentials);
}
