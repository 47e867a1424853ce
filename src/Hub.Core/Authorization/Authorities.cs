using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authorization;

/// <summary>Reads grants from the database and lets the scope engine turn them into permissions.</summary>
/// <remarks>
/// An answer is kept together with the change version that was current before it was read, and used only while that version is
/// still current. So it can be older than its label never, and newer at most, which is harmless.
/// </remarks>
internal sealed class Authorities(IHubDatabase database, ScopeEngine engine, TimeProvider time, ILogger<Authorities> logger) : IAuthorities
{
    private readonly CurrentMembership membership = new(database);
    private volatile Generation generation = new(-1);

    public Task<Authority> OfUserAsync(int userId, CancellationToken cancellationToken) =>
        GetAsync(Current().Users, userId, ReadUserAsync, cancellationToken);

    public Task<Authority> OfServiceAsync(int serviceId, CancellationToken cancellationToken) =>
        GetAsync(Current().Services, serviceId, ReadServiceAsync, cancellationToken);

    public async Task<Authority> OfTokenAsync(HubToken token, CancellationToken cancellationToken)
    {
        var current = Current();
        var ownerAuthority = token.UserId is { } userId
            ? await OfUserAsync(userId, cancellationToken)
            : await OfServiceAsync(token.ServiceId ?? 0, cancellationToken);
        if (token.Scopes.Contains("inherit", StringComparer.Ordinal))
        {
            return ownerAuthority;
        }

        // Kept by the row itself, not by its id: another row of that id, or the same one read again, is another question.
        if (current.Tokens.TryGetValue(token, out var known) && ReferenceEquals(known.Owner, ownerAuthority))
        {
            return known.Authority;
        }

        var owner = token.User is { } user ? ScopeOwner.User(user.Name) : ScopeOwner.Service(token.Service?.Name ?? "");
        var client = await FindClientAsync(token.ClientId, cancellationToken);
        var stored = KnownScopes(token.Scopes, "token", token.Id);
        var permissions = engine.ForToken(stored, owner, client, ownerAuthority.Permissions, ownerAuthority.Membership);
        var answer = ownerAuthority with { RawScopes = stored, Permissions = permissions };
        current.Tokens.AddOrUpdate(token, new TokenAuthority(ownerAuthority, answer));
        return answer;
    }

    private Generation Current()
    {
        var known = generation;
        var version = database.ChangeVersion;
        return known.Version == version ? known : generation = new Generation(version);
    }

    private async Task<Authority> GetAsync(
        ConcurrentDictionary<int, Lazy<Task<CachedAuthority>>> cache, int id, Func<int, Task<CachedAuthority>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Whoever asks while it is being read waits for the same answer: it is read for all, so nobody's leaving ends it.
            var kept = cache.GetOrAdd(id, key => new Lazy<Task<CachedAuthority>>(() => read(key)));
            var isFailed = true;
            try
            {
                var answer = await kept.Value.WaitAsync(cancellationToken);
                isFailed = false;
                if (time.GetUtcNow().UtcDateTime < answer.FreshUntil)
                {
                    return answer.Authority;
                }
            }
            finally
            {
                if (isFailed && kept.Value.IsCompleted)
                {
                    cache.TryRemove(KeyValuePair.Create(id, kept));
                }
            }

            cache.TryRemove(KeyValuePair.Create(id, kept));
        }
    }

    private async Task<CachedAuthority> ReadUserAsync(int userId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var members = await membership.GetAsync(CancellationToken.None);
        var grants = await database.ReadAsync(
            async (db, token) =>
            {
                var name = await db.Users.Where(user => user.Id == userId).Select(user => user.Name).FirstOrDefaultAsync(token);
                var groups = db.UserGroups.Where(row => row.UserId == userId).Select(row => (int?)row.GroupId);
                var roles = await HeldRoles.OfUserAsync(db, userId, now, token);
                var shares = await db.Shares
                    .Where(share => (share.UserId == userId || groups.Contains(share.GroupId)) && (share.ExpiresAt == null || share.ExpiresAt > now))
                    .Select(share => new { share.Scopes, share.ExpiresAt })
                    .ToListAsync(token);
                return (Name: name, Roles: roles, Shares: shares);
            },
            CancellationToken.None);

        if (grants.Name is null)
        {
            return new CachedAuthority(new Authority([], PermissionSet.Empty, members), DateTime.MaxValue);
        }

        var raw = KnownScopes(grants.Roles.SelectMany(role => role.Scopes), "user", userId);
        var shared = KnownScopes(grants.Shares.SelectMany(share => share.Scopes), "user", userId);
        var owner = ScopeOwner.User(grants.Name);
        var permissions = engine.Union(engine.Expand(raw, owner), engine.Expand(shared, owner));
        var end = LiveRoles.Earlier(grants.Shares.Min(share => share.ExpiresAt), grants.Roles.Min(role => role.Until));
        return new CachedAuthority(new Authority(raw, permissions, members), end ?? DateTime.MaxValue);
    }

    private async Task<CachedAuthority> ReadServiceAsync(int serviceId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var members = await membership.GetAsync(CancellationToken.None);
        var (name, roles) = await database.ReadAsync(
            async (db, token) => (
                await db.Services.Where(service => service.Id == serviceId).Select(service => service.Name).FirstOrDefaultAsync(token),
                await HeldRoles.OfServiceAsync(db, serviceId, now, token)),
            CancellationToken.None);
        var raw = KnownScopes(roles.SelectMany(role => role.Scopes), "service", serviceId);
        var permissions = name is null ? PermissionSet.Empty : engine.Expand(raw, ScopeOwner.Service(name));
        return new CachedAuthority(new Authority(raw, permissions, members), roles.Min(role => role.Until) ?? DateTime.MaxValue);
    }

    private Task<ScopeClient?> FindClientAsync(string? clientId, CancellationToken cancellationToken) =>
        clientId is null or OAuth.OAuthClient.HubIdentifier
            ? Task.FromResult<ScopeClient?>(null)
            : database.ReadAsync<ScopeClient?>(
                async (db, token) =>
                {
                    var server = await db.Spawners.Where(row => row.OAuthClientId == clientId)
                        .Select(row => new { Owner = row.User!.Name, row.Name }).FirstOrDefaultAsync(token);
                    if (server is not null)
                    {
                        return ScopeClient.Server(server.Owner, server.Name);
                    }

                    var service = await db.Services.Where(row => row.OAuthClientId == clientId).Select(row => row.Name).FirstOrDefaultAsync(token);
                    return service is null ? null : ScopeClient.Service(service);
                },
                cancellationToken);

    /// <summary>A scope that this hub does not define gives nothing; it must not keep its holder from what the others give.</summary>
    private List<string> KnownScopes(IEnumerable<string> scopes, string holderKind, int holderId)
    {
        var known = new List<string>();
        foreach (var scope in scopes.Distinct(StringComparer.Ordinal))
        {
            try
            {
                engine.Validate([scope]);
                known.Add(scope);
            }
            catch (ScopeException)
            {
                Log.UnknownScope(logger, LogText.Bound(scope), holderKind, holderId);
            }
        }

        return known;
    }

    private sealed record CachedAuthority(Authority Authority, DateTime FreshUntil);

    /// <param name="Owner">What the owner could do then; another answer about the owner makes this one void.</param>
    /// <param name="Authority">What the token gives.</param>
    private sealed record TokenAuthority(Authority Owner, Authority Authority);

    private sealed class Generation(long version)
    {
        public long Version { get; } = version;

        public ConcurrentDictionary<int, Lazy<Task<CachedAuthority>>> Users { get; } = [];

        public ConcurrentDictionary<int, Lazy<Task<CachedAuthority>>> Services { get; } = [];

        /// <summary>Lives as long as the rows do that the finder of tokens keeps.</summary>
        public ConditionalWeakTable<HubToken, TokenAuthority> Tokens { get; } = [];
    }
}
