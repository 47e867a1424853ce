using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Shares;

/// <summary>Which servers are shared with whom, server by server, for whoever looks after them. What has expired is not there.</summary>
internal sealed class ShareOverview(IHubDatabase database, TimeProvider time)
{
    private const int FirstRecipients = 3;

    /// <summary>A part of a user's servers, shared or not, by name.</summary>
    public Task<SharePage<SharedServer>> OfOwnerAsync(string owner, int offset, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync((db, token) => ListAsync(db, db.Spawners.Where(row => row.User!.Name == owner), offset, limit, token), cancellationToken);

    /// <summary>
    /// A part of other people's servers whose shares somebody may read: those that are shared, and those that somebody was given by name
    /// to look after.
    /// </summary>
    public Task<SharePage<SharedServer>> OfOthersAsync(Requester asker, int offset, int limit, CancellationToken cancellationToken)
    {
        var filter = asker.Authority.Permissions.FiltersOf("read:shares");
        var named = filter.Servers.ToArray();
        var now = time.GetHubTime();
        return database.ReadAsync(
            (db, token) =>
            {
                var shared = ShareQueries.Current(db, now).Select(share => share.SpawnerId);
                var invited = ShareQueries.CurrentCodes(db, now).Select(code => code.SpawnerId);
                var owners = UserFilter.Visible(db, db.Users, filter).Select(user => user.Id);
                var servers = db.Spawners.Where(row => row.User!.Name != asker.Name && (
                    EF.Parameter(named).Contains(row.User.Name + "/" + row.Name)
                    || (owners.Contains(row.UserId) && (shared.Contains(row.Id) || invited.Contains(row.Id)))));
                return ListAsync(db, servers, offset, limit, token);
            },
            cancellationToken);
    }

    private async Task<SharePage<SharedServer>> ListAsync(HubDbContext db, IQueryable<HubSpawner> servers, int offset, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        var rows = await servers.OrderBy(row => row.User!.Name).ThenBy(row => row.Name).ThenBy(row => row.Id).Skip(offset).Take(limit)
            .Select(row => new { row.Id, Owner = row.User!.Name, row.Name, row.DisplayName })
            .ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => (int?)row.Id);
        var shares = ShareQueries.Current(db, now).Where(share => EF.Parameter(ids).Contains(share.SpawnerId));
        var codes = ShareQueries.CurrentCodes(db, now).Where(code => EF.Parameter(ids).Contains(code.SpawnerId));

        // Grouped instead of asked per server: the original's tables have no index on the server.
        var shareCounts = await shares.GroupBy(share => share.SpawnerId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key!.Value, group => group.Count, cancellationToken);
        var codeCounts = await codes.GroupBy(code => code.SpawnerId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key!.Value, group => group.Count, cancellationToken);
        var first = await FirstAsync(db, shares, cancellationToken);
        var items = rows.Select(row => new SharedServer(
            new ServerName(row.Owner, row.Name), row.DisplayName, [.. first[row.Id]], shareCounts.GetValueOrDefault(row.Id), codeCounts.GetValueOrDefault(row.Id)));
        return new SharePage<SharedServer>([.. items], await servers.CountAsync(cancellationToken));
    }

    private static async Task<ILookup<int, ShareRecipient>> FirstAsync(HubDbContext db, IQueryable<Share> shares, CancellationToken cancellationToken)
    {
        var first = await db.Spawners
            .SelectMany(row => shares.Where(share => share.SpawnerId == row.Id).OrderBy(share => share.Id).Take(FirstRecipients))
            .Select(share => new
            {
                SpawnerId = share.SpawnerId ?? 0,
                share.Id,
                User = db.Users.Where(user => user.Id == share.UserId).Select(user => user.Name).FirstOrDefault(),
                Group = db.Groups.Where(group => group.Id == share.GroupId).Select(group => group.Name).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return first.OrderBy(share => share.Id).ToLookup(share => share.SpawnerId, share => new ShareRecipient(share.User is null, share.User ?? share.Group ?? ""));
    }
}
