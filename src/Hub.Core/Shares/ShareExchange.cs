using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Shares;

/// <summary>Turns a share code into a share: for anybody who is signed in but the owner, as often as they like.</summary>
internal sealed class ShareExchange(IHubDatabase database, TimeProvider time, ILogger<ShareExchange> logger)
{
    /// <summary>What the code invites a user to; null if it is unknown or has expired.</summary>
    public Task<ShareInvitation?> FindAsync(string code, int userId, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            if (await FindAsync(db, code, token) is not { } found)
            {
                return null;
            }

            var invitation = InvitationOf(found.Code, found.Server);
            var shares = await ShareQueries.Current(db, time.GetHubTime())
                .Where(share => share.SpawnerId == found.Server.Id && share.UserId == userId).Select(share => share.Scopes).ToListAsync(token);
            return invitation with { IsAccepted = shares.Count > 0 && !invitation.Scopes.Except(shares.SelectMany(scopes => scopes)).Any() };
        },
        cancellationToken);

    /// <summary>Accepts for a user and counts it. Null if the code is unknown or has expired; if the user is the owner, nothing is done.</summary>
    public async Task<ShareInvitation?> AcceptAsync(string code, HubUser user, CancellationToken cancellationToken)
    {
        var invitation = await database.WriteAsync(
            async (db, token) =>
            {
                // The user may have been removed while this waited, and another one may have the number now.
                if (await FindAsync(db, code, token) is not { } found || !await db.Users.AnyAsync(row => row.Id == user.Id && row.Name == user.Name, token))
                {
                    return null;
                }

                var invitation = InvitationOf(found.Code, found.Server);
                if (invitation.OwnerId != user.Id)
                {
                    var now = time.GetHubTime();
                    await ShareGrants.AddAsync(db, found.Server, new ShareRecipient(IsGroup: false, user.Name), user.Id, invitation.Scopes, now, token);
                    found.Code.ExchangeCount = (found.Code.ExchangeCount ?? 0) + 1;
                    found.Code.LastExchangedAt = now;
                    await ShareCodeUses.RecordAsync(db, found.Code.Id, user.Id, now, token);
                }

                return invitation;
            },
            cancellationToken);
        if (invitation is not null && invitation.OwnerId != user.Id)
        {
            Log.CodeExchanged(logger, LogText.Bound(invitation.Server.Owner), LogText.Bound(invitation.Server.Name), LogText.Bound(user.Name));
        }

        return invitation;
    }

    private async Task<(ShareCode Code, HubSpawner Server)?> FindAsync(HubDbContext db, string code, CancellationToken cancellationToken)
    {
        if (await ShareCodes.FindAsync(ShareQueries.CurrentCodes(db, time.GetHubTime()), code, cancellationToken) is not { } found)
        {
            return null;
        }

        var server = await db.Spawners.Include(row => row.User).SingleOrDefaultAsync(row => row.Id == found.SpawnerId, cancellationToken);
        return server is null ? null : (found, server);
    }

    private static ShareInvitation InvitationOf(ShareCode code, HubSpawner server) => new(new ServerName(server.User!.Name, server.Name), server.UserId, code.Scopes);
}
