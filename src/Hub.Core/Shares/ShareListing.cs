using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Shares;

/// <summary>Reads shares from the owner's side and from the recipients'. What has expired is not there.</summary>
internal sealed class ShareListing(IHubDatabase database, TimeProvider time)
{
    /// <summary>All shares of a user's servers; null if there is no such user.</summary>
    public Task<SharePage<ShareDetails>?> OfOwnerAsync(string owner, int offset, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            async (db, token) => await ShareQueries.FindUserIdAsync(db, owner, token) is { } id ? Current(db).Where(share => share.OwnerId == id) : null,
            offset,
            limit,
            cancellationToken);

    /// <summary>The shares of one server; null if there is no such server.</summary>
    public Task<SharePage<ShareDetails>?> OfServerAsync(ServerName server, int offset, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            async (db, token) => await ShareQueries.FindServerAsync(db, server, token) is { } row ? Current(db).Where(share => share.SpawnerId == row.Id) : null,
            offset,
            limit,
            cancellationToken);

    /// <summary>What is shared with a user, directly or through a group; null if there is no such user.</summary>
    public Task<SharePage<ShareDetails>?> WithUserAsync(string user, int offset, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            async (db, token) =>
            {
                if (await ShareQueries.FindUserIdAsync(db, user, token) is not { } id)
                {
                    return null;
                }

                var groups = db.UserGroups.Where(member => member.UserId == id).Select(member => (int?)member.GroupId);
                return Current(db).Where(share => share.UserId == id || groups.Contains(share.GroupId));
            },
            offset,
            limit,
            cancellationToken);

    /// <summary>What is shared with a group; null if there is no such group.</summary>
    public Task<SharePage<ShareDetails>?> WithGroupAsync(string group, int offset, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            async (db, token) => await ShareQueries.FindGroupIdAsync(db, group, token) is { } id ? Current(db).Where(share => share.GroupId == id) : null,
            offset,
            limit,
            cancellationToken);

    /// <summary>The share of a server with exactly this recipient.</summary>
    public Task<ShareDetails?> FindAsync(ServerName server, ShareRecipient recipient, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
            await ShareQueries.FindRecipientIdAsync(db, recipient, token) is { } recipientId && await ShareQueries.FindServerAsync(db, server, token) is { } row
                ? await ShareQueries.Describe(db, ShareQueries.Between(Current(db), row.Id, recipient, recipientId)).FirstOrDefaultAsync(token)
                : null,
        cancellationToken);

    private IQueryable<Share> Current(HubDbContext db) => ShareQueries.Current(db, time.GetHubTime());

    private Task<SharePage<ShareDetails>?> ListAsync(
        Func<HubDbContext, CancellationToken, Task<IQueryable<Share>?>> find, int offset, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) =>
            {
                if (await find(db, token) is not { } shares)
                {
                    return null;
                }

                var items = await ShareQueries.Describe(db, shares.OrderBy(share => share.Id).Skip(offset).Take(limit)).ToListAsync(token);
                return new SharePage<ShareDetails>(items, await shares.CountAsync(token));
            },
            cancellationToken);
}
