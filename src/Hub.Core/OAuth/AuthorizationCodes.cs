using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.OAuth;

/// <summary>Keeps authorization codes: good once, for five minutes.</summary>
internal sealed class AuthorizationCodes(IHubDatabase database, TimeProvider time)
{
    private const int Lifetime = 300;

    private int Now => (int)time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Stores a new code; null if the login was signed out, here or everywhere, or user or client went, since the request began.</summary>
    public Task<string?> IssueAsync(
        AuthorizationRequest request, Login login, string sessionId, IEnumerable<string> scopes, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                await DeleteExpiredAsync(context, token);
                if (!await IsCurrentAsync(context, request, login, token))
                {
                    return null;
                }

                var code = TokenValues.NewOAuthValue();
                context.OAuthCodes.Add(new OAuthCode
                {
                    ClientId = request.Client.Row.Identifier,
                    Code = code,
                    ExpiresAt = Now + Lifetime,
                    RedirectUri = request.RedirectUri,
                    SessionId = sessionId,
                    UserId = login.User.Id,
                    Scopes = [.. scopes.Order(StringComparer.Ordinal)],
                    CodeChallenge = request.CodeChallenge,
                    CodeChallengeMethod = request.CodeChallengeMethod,
                });
                return code;
            },
            cancellationToken);

    /// <summary>Finds a code that has not expired.</summary>
    public Task<OAuthCode?> FindAsync(HubDbContext context, string code, CancellationToken cancellationToken)
    {
        var now = Now;
        return context.OAuthCodes.AsNoTracking().FirstOrDefaultAsync(row => row.Code == code && row.ExpiresAt >= now, cancellationToken);
    }

    /// <summary>Uses a code up, as part of a write. False if somebody was faster, it expired, or a sign-out took it.</summary>
    public async Task<bool> ConsumeAsync(HubDbContext context, OAuthCode code, CancellationToken cancellationToken)
    {
        var now = Now;
        var (id, value) = (code.Id, code.Code);
        return await context.OAuthCodes
            .Where(row => row.Id == id && row.Code == value && row.ExpiresAt >= now)
            .ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>Deletes what has expired; called from time to time.</summary>
    public Task PurgeAsync(CancellationToken cancellationToken) => database.WriteAsync(DeleteExpiredAsync, cancellationToken);

    private static async Task<bool> IsCurrentAsync(HubDbContext context, AuthorizationRequest request, Login login, CancellationToken cancellationToken)
    {
        var (client, userId, cookieId, digest) = (request.Client.Row.Identifier, login.User.Id, login.User.CookieId, login.Digest);
        return !await context.RevokedLogins.AnyAsync(row => row.Digest == digest, cancellationToken)
            && await context.Users.AnyAsync(user => user.Id == userId && user.CookieId == cookieId, cancellationToken)
            && await context.OAuthClients.AnyAsync(row => row.Identifier == client, cancellationToken);
    }

    private async Task DeleteExpiredAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        var now = Now;
        await context.OAuthCodes.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }
}
