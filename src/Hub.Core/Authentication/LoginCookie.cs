using JupyterHub.Core.Caching;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication;

/// <summary>Issues, recognises and revokes sign-ins (contract 7.1). The cookie names the user by <see cref="HubUser.CookieId"/>.</summary>
internal sealed class LoginCookie(
    CookieSecret secret, IHubDatabase database, JupyterHubOptions options, UserNames names, TimeProvider time, ILogger<LoginCookie> logger)
{
    /// <summary>Name of the cookie; its path is the hub's.</summary>
    public const string Name = "jupyterhub-hub-login";

    /// <summary>How long the browser is told to keep it; the hub may stop believing it earlier.</summary>
    public static readonly TimeSpan BrowserLifetime = TimeSpan.FromDays(30);

    private const int Remembered = 8192;

    private readonly IssueTimes issueTimes = new();

    // By the digest of the whole cookie, and only of cookies that this hub signed: strangers cannot fill it.
    private readonly KeptReads<string, HubUser> holders = new(database, Remembered);

    private TimeSpan MaxAge => TimeSpan.FromDays(options.CookieMaxAgeDays);

    /// <summary>Makes the cookie's value for a new sign-in. No two sign-ins of this process share a value, and none gets one that was revoked.</summary>
    public async Task<string> IssueAsync(string cookieId, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The format has seconds only: a second sign-in within one moves the time on, else signing out of one would end both.
            var issued = issueTimes.Next(cookieId, time.GetUtcNow().ToUnixTimeSeconds());
            var value = SignedValue.Create(secret.Key, Name, cookieId, issued);
            var digest = LoginDigest.Of(value);
            if (!await database.ReadAsync((context, token) => context.RevokedLogins.AnyAsync(row => row.Digest == digest, token), cancellationToken))
            {
                return value;
            }
        }
    }

    /// <summary>Tells whose cookie this is; null if it is forged, too old, signed out, of a user who is gone, or of one who is blocked.</summary>
    public async Task<Login?> AuthenticateAsync(string? cookie, CancellationToken cancellationToken)
    {
        if (!SignedValue.TryDecode(secret.Key, Name, cookie, MaxAge, time.GetUtcNow(), out var cookieId, out var issued))
        {
            return null;
        }

        var digest = LoginDigest.Of(cookie!);
        var user = await holders.GetWithoutActivityAsync(
            digest,
            (context, token) => context.Users
                .Where(row => row.CookieId == cookieId && !context.RevokedLogins.Any(revoked => revoked.Digest == digest))
                .FirstOrDefaultAsync(token),
            cancellationToken);
        if (user is null)
        {
            return null;
        }

        if (names.IsBlocked(user.Name))
        {
            Log.BlockedLogin(logger, user.Id);
            return null;
        }

        return new Login(user, digest, DateTimeOffset.FromUnixTimeSeconds(issued) + MaxAge);
    }

    /// <summary>Adds the revocation to a write that is under way. Rows whose cookie has died by itself go at the same time.</summary>
    public async Task RevokeAsync(HubDbContext context, Login login, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        await context.RevokedLogins.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        if (!await context.RevokedLogins.AnyAsync(row => row.Digest == login.Digest, cancellationToken))
        {
            context.RevokedLogins.Add(new RevokedLogin { Digest = login.Digest, ExpiresAt = login.ExpiresAt.UtcDateTime });
        }
    }
}
