using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Shares;

/// <summary>
/// Who accepted which invitation, and when. Each person has one row per code, with the last time: nobody can push others out of what is kept
/// by accepting again and again. How often a code was used in all is counted with the code itself.
/// </summary>
internal sealed class ShareCodeUses(IHubDatabase database, TimeProvider time)
{
    /// <summary>People that are remembered per code, the latest ones.</summary>
    public const int MostKept = 1000;

    /// <summary>Notes a use; the write around it, which counts it too, saves.</summary>
    public static async Task RecordAsync(HubDbContext db, int codeId, int userId, DateTime now, CancellationToken cancellationToken)
    {
        var uses = db.ShareCodeUses.Where(use => use.ShareCodeId == codeId);
        if (await uses.OrderBy(use => use.Id).FirstOrDefaultAsync(use => use.UserId == userId, cancellationToken) is { } known)
        {
            known.UsedAt = now;
            return;
        }

        if (await uses.CountAsync(cancellationToken) >= MostKept)
        {
            var latest = uses.OrderByDescending(use => use.UsedAt).ThenByDescending(use => use.Id).Take(MostKept - 1).Select(use => use.Id);
            await uses.Where(use => !latest.Contains(use.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        db.ShareCodeUses.Add(new ShareCodeUse { ShareCodeId = codeId, UserId = userId, UsedAt = now });
    }

    /// <summary>A part of those who used a code of this server, latest first; null if it has no such code that can still be exchanged.</summary>
    /// <param name="server">The server.</param>
    /// <param name="codeId">Id of the code.</param>
    /// <param name="asker">Who wants to know: people whose names they may not read are counted only.</param>
    /// <param name="offset">People to leave out at the beginning.</param>
    /// <param name="limit">Most people to give.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<ShareCodeUsers?> ListAsync(ServerName server, int codeId, Authority asker, int offset, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            if (await ShareQueries.FindServerAsync(db, server, token) is not { } row)
            {
                return null;
            }

            var codes = ShareQueries.CurrentCodes(db, time.GetHubTime()).Where(code => code.Id == codeId && code.SpawnerId == row.Id);
            if (await ShareQueries.Describe(db, codes).SingleOrDefaultAsync(token) is not { } details)
            {
                return null;
            }

            var uses = db.ShareCodeUses.Where(use => use.ShareCodeId == codeId);
            var users = UserFilter.Visible(db, db.Users, asker.Permissions.FiltersOf("read:users:name"));
            var named =
                from use in uses
                join user in users on use.UserId equals user.Id
                orderby use.UsedAt descending, use.Id descending
                select new ShareCodeUser(user.Name, use.UsedAt);
            var total = await named.CountAsync(token);
            var items = await named.Skip(offset).Take(limit).ToListAsync(token);
            return new ShareCodeUsers(details, new SharePage<ShareCodeUser>(items, total), await uses.CountAsync(token) - total);
        },
        cancellationToken);
}
