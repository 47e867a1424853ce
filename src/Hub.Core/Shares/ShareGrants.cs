using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Shares;

/// <summary>Gives access to a server and takes it back (contract 11).</summary>
internal sealed class ShareGrants(IHubDatabase database, ScopeEngine engine, TimeProvider time, ILogger<ShareGrants> logger)
{
    /// <summary>Gives scopes to a recipient, besides those that it has on the server already.</summary>
    /// <param name="requester">Who gives: nobody gives what they do not hold themselves, or to somebody they may not know of.</param>
    /// <param name="server">The server.</param>
    /// <param name="recipient">Who gets them.</param>
    /// <param name="scopes">The scopes; none means access.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public async Task<ShareResult<ShareDetails>> GrantAsync(
        Requester requester, ServerName server, ShareRecipient recipient, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var (limited, error) = ShareScopes.Limit(engine, server, scopes);
        if (error is not null)
        {
            return ShareResult<ShareDetails>.Refused(ShareOutcome.InvalidScope, error);
        }

        var result = await database.WriteAsync(
            async (db, token) =>
            {
                if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
                {
                    return UnknownServer(server);
                }

                return Refusal(requester, server, recipient, limited) ?? await GrantAsync(db, server, row, recipient, limited, token);
            },
            cancellationToken);
        if (result.Outcome == ShareOutcome.Done)
        {
            Log.Granted(logger, LogText.Bound(server.Owner), LogText.Bound(server.Name), recipient.Kind, LogText.Bound(recipient.Name));
        }

        return result;
    }

    /// <summary>Takes scopes from a recipient; all of them if none are given. The value is null once nothing is left.</summary>
    public async Task<ShareResult<ShareDetails>> RevokeAsync(
        ServerName server, ShareRecipient recipient, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> limited = [];
        if (scopes.Count > 0)
        {
            (limited, var error) = ShareScopes.Limit(engine, server, scopes);
            if (error is not null)
            {
                return ShareResult<ShareDetails>.Refused(ShareOutcome.InvalidScope, error);
            }
        }

        var result = await database.WriteAsync((db, token) => RevokeAsync(db, server, recipient, limited, token), cancellationToken);
        if (result.Outcome == ShareOutcome.Done)
        {
            Log.Revoked(logger, LogText.Bound(server.Owner), LogText.Bound(server.Name), recipient.Kind, LogText.Bound(recipient.Name));
        }

        return result;
    }

    /// <summary>Changes what a recipient may do: gives some scopes and takes others, all of it or nothing. A share that is gone is not made again.</summary>
    /// <param name="requester">Who changes it; for what is given the rules of giving hold.</param>
    /// <param name="server">The server.</param>
    /// <param name="recipient">Who holds the share.</param>
    /// <param name="given">Scopes to add.</param>
    /// <param name="taken">Scopes to take; the value is null once nothing is left.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public async Task<ShareResult<ShareDetails>> ChangeAsync(
        Requester requester, ServerName server, ShareRecipient recipient, IReadOnlyList<string> given, IReadOnlyList<string> taken, CancellationToken cancellationToken)
    {
        var (add, unknown) = given.Count == 0 ? ([], null) : ShareScopes.Limit(engine, server, given);
        var (remove, alsoUnknown) = taken.Count == 0 ? ([], null) : ShareScopes.Limit(engine, server, taken);
        if ((unknown ?? alsoUnknown) is { } error)
        {
            return ShareResult<ShareDetails>.Refused(ShareOutcome.InvalidScope, error);
        }

        var result = await database.WriteAsync(
            async (db, token) =>
            {
                if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
                {
                    return UnknownServer(server);
                }

                return (add.Count > 0 ? Refusal(requester, server, recipient, add) : null) ?? await ChangeAsync(db, row, recipient, add, remove, token);
            },
            cancellationToken);
        if (result.Outcome == ShareOutcome.Done)
        {
            Log.Changed(logger, LogText.Bound(server.Owner), LogText.Bound(server.Name), recipient.Kind, LogText.Bound(recipient.Name), add.Count, remove.Count);
        }

        return result;
    }

    /// <summary>Ends all sharing of a server, by shares and by codes: nobody can accept again what is taken here. Null if there is no such server.</summary>
    public Task<(int Shares, int Codes)?> StopSharingAsync(ServerName server, CancellationToken cancellationToken) => database.WriteAsync<(int, int)?>(
        async (db, token) =>
        {
            if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
            {
                return null;
            }

            var codes = await db.ShareCodes.Where(code => code.SpawnerId == row.Id).ExecuteDeleteAsync(token);
            var shares = await db.Shares.Where(share => share.SpawnerId == row.Id).ExecuteDeleteAsync(token);
            Log.Stopped(logger, LogText.Bound(server.Owner), LogText.Bound(server.Name), shares, codes);
            return (shares, codes);
        },
        cancellationToken);

    /// <summary>Takes all access to a server back that was given to anybody; false if there is no such server.</summary>
    public Task<bool> RevokeAllAsync(ServerName server, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, token) =>
        {
            if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
            {
                return false;
            }

            var count = await db.Shares.Where(share => share.SpawnerId == row.Id).ExecuteDeleteAsync(token);
            Log.RevokedAll(logger, LogText.Bound(server.Owner), LogText.Bound(server.Name), count);
            return true;
        },
        cancellationToken);

    /// <summary>Ends the share of a server with exactly this recipient; false if there is none.</summary>
    public Task<bool> LeaveAsync(ServerName server, ShareRecipient recipient, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, token) =>
            await ShareQueries.FindRecipientIdAsync(db, recipient, token) is { } recipientId
            && await ShareQueries.FindServerAsync(db, server, token) is { } row
            && await ShareQueries.Between(db.Shares, row.Id, recipient, recipientId).ExecuteDeleteAsync(token) > 0,
        cancellationToken);

    /// <summary>Adds scopes to the share between a server and a recipient, or makes it; the write around it saves.</summary>
    public static async Task AddAsync(
        HubDbContext db, HubSpawner server, ShareRecipient recipient, int recipientId, IReadOnlyList<string> limited, DateTime now, CancellationToken cancellationToken)
    {
        var share = await ShareQueries.Between(db.Shares, server.Id, recipient, recipientId).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (share is { ExpiresAt: { } end } && end <= now)
        {
            // What has expired must not come back with what is given now.
            db.Shares.Remove(share);
            share = null;
        }

        if (share is null)
        {
            share = new Share
            {
                OwnerId = server.UserId,
                SpawnerId = server.Id,
                UserId = recipient.IsGroup ? null : recipientId,
                GroupId = recipient.IsGroup ? recipientId : null,
                CreatedAt = now,
            };
            db.Shares.Add(share);
        }

        share.Scopes = [.. share.Scopes.Union(limited, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ShareResult<ShareDetails>? Refusal(Requester requester, ServerName server, ShareRecipient recipient, IReadOnlyList<string> limited)
    {
        if (ShareScopes.FindNotHeld(requester, server, limited) is { } missing)
        {
            return ShareResult<ShareDetails>.Refused(ShareOutcome.NotHeld, $"Do not have permission to grant share with scope {missing}") with { RequiredScope = missing };
        }

        var resource = recipient.IsGroup ? Resource.Group(recipient.Name) : Resource.User(recipient.Name);
        return requester.Allows(recipient.ReadScope, resource)
            ? null
            : ShareResult<ShareDetails>.Refused(ShareOutcome.HiddenRecipient, $"Need scope '{recipient.ReadScope}' to share with {recipient.Kind}s by name")
                with { RequiredScope = $"{recipient.ReadScope}!{recipient.Kind}={recipient.Name}" };
    }

    private async Task<ShareResult<ShareDetails>> GrantAsync(
        HubDbContext db, ServerName server, HubSpawner row, ShareRecipient recipient, IReadOnlyList<string> limited, CancellationToken cancellationToken)
    {
        if (await ShareQueries.FindRecipientIdAsync(db, recipient, cancellationToken) is not { } recipientId)
        {
            return ShareResult<ShareDetails>.Refused(ShareOutcome.UnknownRecipient, $"No such {recipient.Kind}: {LogText.Bound(recipient.Name)}");
        }

        await AddAsync(db, row, recipient, recipientId, limited, time.GetHubTime(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await FindAsync(db, row, recipient, recipientId, cancellationToken);
    }

    private async Task<ShareResult<ShareDetails>> ChangeAsync(
        HubDbContext db, HubSpawner row, ShareRecipient recipient, IReadOnlyList<string> given, IReadOnlyList<string> taken, CancellationToken cancellationToken)
    {
        var current = ShareQueries.Current(db, time.GetHubTime());
        List<Share> shares = await ShareQueries.FindRecipientIdAsync(db, recipient, cancellationToken) is { } recipientId
            ? await ShareQueries.Between(current, row.Id, recipient, recipientId).OrderBy(share => share.Id).ToListAsync(cancellationToken)
            : [];
        if (shares.Count == 0)
        {
            return ShareResult<ShareDetails>.Refused(ShareOutcome.NoShare, $"The server is not shared with {recipient.Kind} {LogText.Bound(recipient.Name)}");
        }

        foreach (var share in shares)
        {
            var scopes = share.Scopes.Except(taken, StringComparer.Ordinal);
            share.Scopes = [.. (share == shares[0] ? scopes.Union(given, StringComparer.Ordinal) : scopes).Order(StringComparer.Ordinal)];
            if (share.Scopes.Count == 0)
            {
                db.Shares.Remove(share);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return ShareResult<ShareDetails>.Done(
            await ShareQueries.Describe(db, current.Where(share => share.Id == shares[0].Id)).FirstOrDefaultAsync(cancellationToken));
    }

    private async Task<ShareResult<ShareDetails>> RevokeAsync(
        HubDbContext db, ServerName server, ShareRecipient recipient, IReadOnlyList<string> limited, CancellationToken cancellationToken)
    {
        if (await ShareQueries.FindServerAsync(db, server, cancellationToken) is not { } row)
        {
            return UnknownServer(server);
        }

        if (await ShareQueries.FindRecipientIdAsync(db, recipient, cancellationToken) is not { } recipientId)
        {
            // Nobody has nothing; whether the name exists is not told.
            return ShareResult<ShareDetails>.Done(null);
        }

        foreach (var share in await ShareQueries.Between(db.Shares, row.Id, recipient, recipientId).ToListAsync(cancellationToken))
        {
            share.Scopes = limited.Count == 0 ? [] : [.. share.Scopes.Except(limited, StringComparer.Ordinal)];
            if (share.Scopes.Count == 0)
            {
                db.Shares.Remove(share);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return await FindAsync(db, row, recipient, recipientId, cancellationToken);
    }

    private async Task<ShareResult<ShareDetails>> FindAsync(
        HubDbContext db, HubSpawner row, ShareRecipient recipient, int recipientId, CancellationToken cancellationToken)
    {
        var shares = ShareQueries.Between(ShareQueries.Current(db, time.GetHubTime()), row.Id, recipient, recipientId);
        return ShareResult<ShareDetails>.Done(await ShareQueries.Describe(db, shares).FirstOrDefaultAsync(cancellationToken));
    }

    private static ShareResult<ShareDetails> UnknownServer(ServerName server) =>
        ShareResult<ShareDetails>.Refused(ShareOutcome.UnknownServer, $"No such server: {LogText.Bound(server.Owner)}/{LogText.Bound(server.Name)}");
}
