using System.Security.Cryptography;
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
    /// <summary>Name of the cookie where the settings ask for no prefix.</summary>
    public const string Name = "jupyterhub-hub-login";

    /// <summary>Browsers take a cookie of such a name only from the host itself, over HTTPS, for all its paths: no neighbour can put one in its place.</summary>
    public const string HostPrefix = "__Host-";

    private const int Remembered = 8192;

    // By the digest of the whole cookie, and only of cookies that this hub signed: strangers cannot fill it.
    private readonly KeptReads<string, HubUser> holders = new(database, Remembered);

    /// <summary>Name of the cookie of this hub. It is signed along with the value: a cookie of the other name is worth nothing.</summary>
    public string CookieName { get; } = NameOf(options);

    private TimeSpan MaxAge => TimeSpan.FromDays(options.CookieMaxAgeDays);

    public static string NameOf(JupyterHubOptions options) => options.CookieHostPrefixEnabled ? HostPrefix + Name : Name;

    /// <summary>Makes the cookie's value for a new sign-in.</summary>
    /// <remarks>
    /// Its time has whole seconds: without a mark two sign-ins of a user within one would share a value, at this hub or at two, and signing out of
    /// one would end both.
    /// </remarks>
    public string Issue(string cookieId)
    {
        var mark = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        return SignedValue.Create(secret.Key, CookieName, cookieId, time.GetUtcNow().ToUnixTimeSeconds(), mark);
    }

    /// <summary>Tells whose cookie this is; null if it is forged, too old, signed out, of a user who is gone, or of one who is blocked.</summary>
    public async Task<Login?> AuthenticateAsync(string? cookie, CancellationToken cancellationToken)
    {
        if (!SignedValue.TryDecode(secret.Key, CookieName, cookie, MaxAge, time.GetUtcNow(), out var cookieId, out var issued))
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
