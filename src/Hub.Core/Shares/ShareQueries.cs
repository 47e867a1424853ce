using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Shares;

/// <summary>Reads shares, codes and what they refer to.</summary>
internal static class ShareQueries
{
    /// <summary>Shares that still hold.</summary>
    public static IQueryable<Share> Current(HubDbContext db, DateTime now) => db.Shares.Where(share => share.ExpiresAt == null || share.ExpiresAt > now);

    /// <summary>Codes that still can be exchanged.</summary>
    public static IQueryable<ShareCode> CurrentCodes(HubDbContext db, DateTime now) => db.ShareCodes.Where(code => code.ExpiresAt == null || code.ExpiresAt > now);

    public static Task<HubSpawner?> FindServerAsync(HubDbContext db, ServerName server, CancellationToken cancellationToken) =>
        db.Spawners.AsNoTracking().OrderBy(row => row.Id).FirstOrDefaultAsync(row => row.User!.Name == server.Owner && row.Name == server.Name, cancellationToken);

    public static Task<int?> FindUserIdAsync(HubDbContext db, string name, CancellationToken cancellationToken) =>
        db.Users.Where(user => user.Name == name).Select(user => (int?)user.Id).SingleOrDefaultAsync(cancellationToken);

    public static Task<int?> FindGroupIdAsync(HubDbContext db, string name, CancellationToken cancellationToken) =>
        db.Groups.Where(group => group.Name == name).Select(group => (int?)group.Id).SingleOrDefaultAsync(cancellationToken);

    public static Task<int?> FindRecipientIdAsync(HubDbContext db, ShareRecipient recipient, CancellationToken cancellationToken) =>
        recipient.IsGroup ? FindGroupIdAsync(db, recipient.Name, cancellationToken) : FindUserIdAsync(db, recipient.Name, cancellationToken);

    /// <summary>The shares of one server with one recipient: one, unless another program wrote more.</summary>
    public static IQueryable<Share> Between(IQueryable<Share> shares, int spawnerId, ShareRecipient recipient, int recipientId) =>
        shares.Where(share => share.SpawnerId == spawnerId && (recipient.IsGroup ? share.GroupId == recipientId : share.UserId == recipientId));

    /// <summary>Adds the names; one statement.</summary>
    public static IQueryable<ShareDetails> Describe(HubDbContext db, IQueryable<Share> shares) =>
        from share in shares
        join spawner in db.Spawners on share.SpawnerId equals spawner.Id
        orderby share.Id
        select new ShareDetails(
            new ServerName(spawner.User!.Name, spawner.Name),
            share.Scopes,
            db.Users.Where(user => user.Id == share.UserId).Select(user => user.Name).FirstOrDefault(),
            db.Groups.Where(row => row.Id == share.GroupId).Select(row => row.Name).FirstOrDefault(),
            share.CreatedAt);

    /// <summary>Adds the names; one statement.</summary>
    public static IQueryable<ShareCodeDetails> Describe(HubDbContext db, IQueryable<ShareCode> codes) =>
        from code in codes
        join spawner in db.Spawners on code.SpawnerId equals spawner.Id
        orderby code.Id
        select new ShareCodeDetails(
            code.Id,
            new ServerName(spawner.User!.Name, spawner.Name),
            code.Scopes,
            code.CreatedAt,
            code.ExpiresAt,
            code.ExchangeCount ?? 0,
            code.LastExchangedAt);
}
