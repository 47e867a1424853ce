using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.OAuth;

/// <summary>Token revocation (RFC 7009): a client gives back a token that was issued to it.</summary>
internal sealed class TokenRevocationOperation(
    IHubDatabase database, ClientAuthentication clients, TokenFinder tokens, ILogger<TokenRevocationOperation> logger)
{
    /// <summary>Revokes.</summary>
    /// <param name="form">The raw body.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>Null when the token does not work (any more), which it may not have done before either (section 2.2).</returns>
    public async Task<TokenExchangeResult.Failure?> ExecuteAsync(string? form, CancellationToken cancellationToken)
    {
        var parameters = OAuthParameters.ReadForm(form);
        if (parameters.FirstDuplicate("client_id", "client_secret", "token") is { } duplicate)
        {
            return new(OAuthErrorCode.InvalidRequest, $"Duplicate {duplicate} parameter.");
        }

        if (await clients.AuthenticateAsync(parameters, cancellationToken) is not { } client)
        {
            return new(OAuthErrorCode.InvalidClient);
        }

        if (parameters["token"] is not { Length: > 0 } value)
        {
            return new(OAuthErrorCode.InvalidRequest, "Missing token parameter.");
        }

        if (await tokens.FindAsync(value, cancellationToken) is not { } found)
        {
            return null;
        }

        if (found.ClientId != client.Row.Identifier)
        {
            return new(OAuthErrorCode.UnauthorizedClient, "The token was issued to another client.");
        }

        await database.WriteAsync(
            (context, token) => context.Tokens.Where(row => row.Id == found.Id && row.Hashed == found.Hashed).ExecuteDeleteAsync(token),
            cancellationToken);
        Log.TokenRevoked(logger, LogText.Bound(client.Row.Identifier));
        return null;
    }
}
