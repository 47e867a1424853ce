using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.OAuth;

/// <summary>Token introspection (RFC 7662): a client asks what a token gives that was issued to it.</summary>
/// <remarks>
/// Tokens of other clients look as if they did not exist (section 4: no scanning, no learning about others). Those of blocked users give
/// nothing, here as with every request.
/// </remarks>
internal sealed class TokenIntrospectionOperation(ClientAuthentication clients, TokenFinder tokens, IAuthorities authorities, UserNames names)
{
    public async Task<TokenIntrospectionResult> ExecuteAsync(string? form, CancellationToken cancellationToken)
    {
        var parameters = OAuthParameters.ReadForm(form);
        if (parameters.FirstDuplicate("client_id", "client_secret", "token") is { } duplicate)
        {
            return Fail(OAuthErrorCode.InvalidRequest, $"Duplicate {duplicate} parameter.");
        }

        if (await clients.AuthenticateAsync(parameters, cancellationToken) is not { } client)
        {
            return Fail(OAuthErrorCode.InvalidClient);
        }

        if (parameters["token"] is not { Length: > 0 } value)
        {
            return Fail(OAuthErrorCode.InvalidRequest, "Missing token parameter.");
        }

        var found = await tokens.FindAsync(value, cancellationToken);
        if (found is null || found.ClientId != client.Row.Identifier || (found.User is { } user && names.IsBlocked(user.Name)))
        {
            return new TokenIntrospectionResult(null);
        }

        var authority = await authorities.OfTokenAsync(found, cancellationToken);
        return new TokenIntrospectionResult(new TokenIntrospection(found, authority.Permissions.ToScopes()));
    }

    private static TokenIntrospectionResult Fail(string error, string? description = null) => new(null, new TokenExchangeResult.Failure(error, description));
}
