using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.OAuth;

/// <summary>The token endpoint (RFC 6749 section 4.1.3, contract 6.5): one code for one access token, to the client that it was issued to.</summary>
internal sealed class TokenExchangeOperation(
    IHubDatabase database,
    ClientAuthentication clients,
    IAuthorities authorities,
    RequestedScopes scopes,
    AuthorizationCodes codes,
    JupyterHubOptions options,
    TimeProvider time,
    ILogger<TokenExchangeOperation> logger)
{
    private const int SecondsPerDay = 86_400;
    private const int LongestCode = 64;

    private int ExpiresIn => options.OauthTokenExpiresIn > 0 ? options.OauthTokenExpiresIn : (int)(options.CookieMaxAgeDays * SecondsPerDay);

    /// <summary>Exchanges. A failure uses nothing up.</summary>
    /// <param name="query">The raw query without the question mark; there must be none.</param>
    /// <param name="form">The raw body.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public async Task<TokenExchangeResult> ExecuteAsync(string query, string? form, CancellationToken cancellationToken)
    {
        var parameters = OAuthParameters.ReadForm(form);
        if (TokenRequestCheck.BeforeClient(query, parameters) is { } malformed)
        {
            return malformed;
        }

        if (await clients.AuthenticateAsync(parameters, cancellationToken) is not { } client)
        {
            return new TokenExchangeResult.Failure(OAuthErrorCode.InvalidClient);
        }

        if (TokenRequestCheck.Grant(parameters) is { } unauthorized)
        {
            return unauthorized;
        }

        var (code, userName) = await FindAsync(parameters["code"]!, cancellationToken);
        if (code is null || userName is null)
        {
            return new TokenExchangeResult.Failure(OAuthErrorCode.InvalidGrant);
        }

        if (TokenRequestCheck.Code(parameters, client, code, options.OauthRequirePkce) is { } refused)
        {
            return refused;
        }

        var user = await authorities.OfUserAsync(code.UserId!.Value, cancellationToken);
        if (!scopes.AreStillHeld(code.Scopes, client, userName, user))
        {
            Log.ScopesNoLongerHeld(logger, LogText.Bound(userName), LogText.Bound(client.Row.Identifier));
            return new TokenExchangeResult.Failure(OAuthErrorCode.InvalidGrant);
        }

        return await IssueAsync(code, client, userName, cancellationToken);
    }

    private Task<(OAuthCode? Code, string? UserName)> FindAsync(string value, CancellationToken cancellationToken) =>
        value.Length is 0 or > LongestCode || value.Contains('\0', StringComparison.Ordinal)
            ? Task.FromResult<(OAuthCode?, string?)>((null, null))
            : database.ReadAsync(
                async (context, token) =>
                {
                    var code = await codes.FindAsync(context, value, token);
                    var userId = code?.UserId;
                    return (code, await context.Users.Where(user => user.Id == userId).Select(user => user.Name).FirstOrDefaultAsync(token));
                },
                cancellationToken);

    private async Task<TokenExchangeResult> IssueAsync(OAuthCode code, RegisteredClient client, string userName, CancellationToken cancellationToken)
    {
        var expiresIn = ExpiresIn;
        var wanted = new NewToken
        {
            UserId = code.UserId,
            ClientId = client.Row.Identifier,
            SessionId = code.SessionId,
            Scopes = code.Scopes,
            ExpiresIn = TimeSpan.FromSeconds(expiresIn),
            Value = TokenValues.NewOAuthValue(),
            ValueIsRandom = true,
        };

        // Of two exchanges at once only one deletes the row; the other finds nothing left.
        var issued = await database.WriteAsync(
            async (context, token) => await codes.ConsumeAsync(context, code, token) ? await HubTokens.AddAsync(context, wanted, time, token) : null,
            cancellationToken);
        if (issued is null)
        {
            return new TokenExchangeResult.Failure(OAuthErrorCode.InvalidGrant);
        }

        Log.TokenIssued(logger, LogText.Bound(userName), LogText.Bound(client.Row.Identifier));
        return new TokenExchangeResult.Success(wanted.Value, expiresIn, string.Join(' ', code.Scopes));
    }
}
