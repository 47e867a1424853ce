using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Shares;

/// <summary>Makes, lists and revokes share codes (contract 11).</summary>
internal sealed class ShareCodes(IHubDatabase database, ScopeEngine engine, TimeProvider time, ILogger<ShareCodes> logger)
{
    /// <summary>Makes a code. Nobody gives what they do not hold themselves.</summary>
    public async Task<ShareResult<NewShareCode>> CreateAsync(
        Requester requester, ServerName server, IReadOnlyList<string> scopes, TimeSpan expiresIn, CancellationToken cancellationToken)
    {
        var (limited, error) = ShareScopes.Limit(engine, server, scopes);
        if (error is not null)
        {
            return ShareResult<NewShareCode>.Refused(ShareOutcome.InvalidScope, error);
        }

        var result = await database.WriteAsync(
            async (db, token) =>
            {
                if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
                {
                    return ShareResult<NewShareCode>.Refused(ShareOutcome.UnknownServer, $"No such server: {LogText.Bound(server.Owner)}/{LogText.Bound(server.Name)}");
                }

                return ShareScopes.FindNotHeld(requester, server, limited) is { } missing
                    ? ShareResult<NewShareCode>.Refused(ShareOutcome.NotHeld, $"Do not have permission to grant share with scope {missing}") with { RequiredScope = missing }
                    : ShareResult<NewShareCode>.Done(await AddAsync(db, server, (row.Id, row.UserId), limited, expiresIn, token));
            },
            cancellationToken);
        if (result.Outcome == ShareOutcome.Done)
        {
            Log.CodeMade(logger, LogText.Bound(server.Owner), LogText.Bound(server.Name));
        }

        return result;
    }

    /// <summary>The codes for all servers of a user that can still be exchanged; null if there is no such user.</summary>
    public Task<SharePage<ShareCodeDetails>?> OfOwnerAsync(string owner, int offset, int limit, CancellationToken cancellationToken) => ListAsync(
        async (db, token) => await ShareQueries.FindUserIdAsync(db, owner, token) is { } id ? Current(db).Where(code => code.OwnerId == id) : null,
        offset,
        limit,
        cancellationToken);

    /// <summary>The codes for one server that can still be exchanged; null if there is no such server.</summary>
    public Task<SharePage<ShareCodeDetails>?> OfServerAsync(ServerName server, int offset, int limit, CancellationToken cancellationToken) => ListAsync(
        async (db, token) => await ShareQueries.FindServerAsync(db, server, token) is { } row ? Current(db).Where(code => code.SpawnerId == row.Id) : null,
        offset,
        limit,
        cancellationToken);

    /// <summary>Revokes codes of one server: null if there is no such server, else how many there were.</summary>
    /// <param name="server">The server.</param>
    /// <param name="code">Only the one with this clear text.</param>
    /// <param name="id">Only the one of this id.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public Task<int?> RevokeAsync(ServerName server, string? code, int? id, CancellationToken cancellationToken) => database.WriteAsync<int?>(
        async (db, token) =>
        {
            if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
            {
                return null;
            }

            var codes = db.ShareCodes.Where(stored => stored.SpawnerId == row.Id);
            if (code is not null)
            {
                var found = await FindAsync(codes, code, token);
                return found is null ? 0 : await codes.Where(stored => stored.Id == found.Id).ExecuteDeleteAsync(token);
            }

            return await codes.Where(stored => id == null || stored.Id == id).ExecuteDeleteAsync(token);
        },
        cancellationToken);

    /// <summary>The stored code of this clear text.</summary>
    public static async Task<ShareCode?> FindAsync(IQueryable<ShareCode> codes, string code, CancellationToken cancellationToken)
    {
        if (code.Length is 0 or > TokenHash.MaxTokenLength)
        {
            return null;
        }

        var prefix = TokenHash.PrefixOf(code);
        var candidates = await codes.Where(stored => stored.Prefix == prefix).OrderBy(stored => stored.Id).ToListAsync(cancellationToken);
        return candidates.Find(stored => TokenHash.Verify(code, stored.Hashed));
    }

    private async Task<NewShareCode> AddAsync(
        HubDbContext db, ServerName server, (int Id, int OwnerId) row, IReadOnlyList<string> limited, TimeSpan expiresIn, CancellationToken cancellationToken)
    {
        var code = TokenValues.NewShareCode();
        var now = time.GetHubTime();
        var stored = new ShareCode
        {
            Hashed = TokenHash.Create(code),
            Prefix = TokenHash.PrefixOf(code),
            ExchangeCount = 0,
            CreatedAt = now,
            ExpiresAt = now + expiresIn,
            Scopes = [.. limited],
            OwnerId = row.OwnerId,
            SpawnerId = row.Id,
        };
        db.ShareCodes.Add(stored);
        await db.SaveChangesAsync(cancellationToken);
        return new NewShareCode(new ShareCodeDetails(stored.Id, server, limited, stored.CreatedAt, stored.ExpiresAt, 0, null), code);
    }

    private IQueryable<ShareCode> Current(HubDbContext db) => ShareQueries.CurrentCodes(db, time.GetHubTime());

    private Task<SharePage<ShareCodeDetails>?> ListAsync(
        Func<HubDbContext, CancellationToken, Task<IQueryable<ShareCode>?>> find, int offset, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) =>
            {
                if (await find(db, token) is not { } codes)
                {
                    return null;
                }

                var items = await ShareQueries.Describe(db, codes.OrderBy(code => code.Id).Skip(offset).Take(limit)).ToListAsync(token);
                return new SharePage<ShareCodeDetails>(items, await codes.CountAsync(token));
            },
            cancellationToken);
}
