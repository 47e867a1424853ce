using System.Collections.Concurrent;
using JupyterHub.Core.Caching;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Finds the stored token that a caller presents.</summary>
/// <remarks>
/// What was found is kept with the change version that was current before it was read, and believed only while that version is still
/// current (as <see cref="Authorization.Authorities"/> does). At a new version a known token is read again by its id: as long as its hash
/// is the same the comparison is still true. Unknown tokens are remembered apart, so that they cannot push the known ones out.
/// </remarks>
internal sealed class TokenFinder(IHubDatabase database, TimeProvider time) : IDisposable
{
    private const int Capacity = 16_384;

    private readonly TokenFingerprints fingerprints = new();
    private readonly TokenVerifier verifier = new();
    private readonly RecentItems<UInt128, Found> found = new(Capacity);
    private readonly RecentItems<UInt128, long> unknown = new(Capacity);
    private readonly ConcurrentDictionary<(UInt128 Token, long Version), Lazy<Task<HubToken?>>> underWay = new();

    /// <summary>How often a slow hash was computed in this process.</summary>
    internal int SlowComputations => verifier.SlowComputations;

    /// <summary>The token with its user or service; null if it is unknown, expired, or belongs to nobody. The row is shared: nobody may change it.</summary>
    /// <remarks>A token whose OAuth client is gone is deleted on the way: the client's end should have taken it along.</remarks>
    public async Task<HubToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token) || token.Length > TokenHash.MaxTokenLength)
        {
            return null;
        }

        var fingerprint = fingerprints.Of(token);
        var version = database.ChangeVersion;
        if (found.TryGet(fingerprint, out var known) && known.Version == version)
        {
            return IsLive(known.Row) ? known.Row : null;
        }

        if (unknown.TryGet(fingerprint, out var unknownAt) && unknownAt == version)
        {
            return null;
        }

        // Whoever shows the same token at the same time waits for the same search; it ends by itself when nobody waits any more.
        var search = underWay.GetOrAdd(
            (fingerprint, version), key => new Lazy<Task<HubToken?>>(() => Task.Run(() => SearchAsync(token, key.Token, key.Version), CancellationToken.None)));
        return await search.Value.WaitAsync(cancellationToken);
    }

    public void Dispose() => verifier.Dispose();

    /// <summary>The unexpired row of this value, whoever owns it.</summary>
    internal static async Task<HubToken?> FindAsync(HubDbContext context, string token, TimeProvider time, CancellationToken cancellationToken)
    {
        var candidates = await Candidates(context, token, time.GetHubTime()).ToListAsync(cancellationToken);
        return candidates.Find(row => TokenHash.Verify(token, row.Hashed));
    }

    private static IQueryable<HubToken> Candidates(HubDbContext context, string token, DateTime now)
    {
        var prefix = TokenHash.PrefixOf(token);
        return Rows(context).Where(row => row.Prefix == prefix && (row.ExpiresAt == null || row.ExpiresAt >= now)).OrderBy(row => row.Id);
    }

    private static IQueryable<HubToken> Rows(HubDbContext context) => context.Tokens.AsNoTracking().Include(row => row.User).Include(row => row.Service);

    private async Task<HubToken?> SearchAsync(string token, UInt128 fingerprint, long version)
    {
        try
        {
            var row = await ReadAgainAsync(fingerprint) ?? await ReadAsync(token, fingerprint);
            if (row is { ClientId: null })
            {
                await DeleteAsync(row);
                row = null;
            }

            if (row is { User: null, Service: null } or null)
            {
                unknown.Set(fingerprint, version);
                return null;
            }

            found.Set(fingerprint, new Found(version, row));
            return row;
        }
        finally
        {
            underWay.TryRemove((fingerprint, version), out _);
        }
    }

    /// <summary>The row that this token was found in before, as it is now; null unless it is still that row.</summary>
    private async Task<HubToken?> ReadAgainAsync(UInt128 fingerprint)
    {
        if (!found.TryGet(fingerprint, out var known))
        {
            return null;
        }

        var row = await database.ReadAsync((context, cancel) => Rows(context).FirstOrDefaultAsync(row => row.Id == known.Row.Id, cancel), CancellationToken.None);
        return row is not null && row.Hashed == known.Row.Hashed && IsLive(row) ? row : null;
    }

    private async Task<HubToken?> ReadAsync(string token, UInt128 fingerprint)
    {
        var now = time.GetHubTime();
        var candidates = await database.ReadAsync((context, cancel) => Candidates(context, token, now).ToListAsync(cancel), CancellationToken.None);
        foreach (var candidate in candidates)
        {
            if (await verifier.VerifyAsync(token, fingerprint, candidate.Hashed, CancellationToken.None))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The client is asked for again: between reading and writing the id may have gone to another token.</summary>
    private Task<int> DeleteAsync(HubToken row) => database.WriteAsync(
        (context, cancel) => context.Tokens.Where(other => other.Id == row.Id && other.Hashed == row.Hashed && other.ClientId == null).ExecuteDeleteAsync(cancel),
        CancellationToken.None);

    private bool IsLive(HubToken row) => row.ExpiresAt is not { } end || end >= time.GetHubTime();

    private sealed record Found(long Version, HubToken Row);
}
