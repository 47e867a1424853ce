using JupyterHub.Core.Data;
using JupyterHub.Rbac.Membership;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authorization;

/// <summary>Who belongs to which group. It is read again only when that has changed, which is seldom beside all other changes.</summary>
internal sealed class CurrentMembership(IHubDatabase database)
{
    private volatile MembershipSnapshot? kept;

    /// <summary>The membership as it is now, or newer.</summary>
    public async Task<MembershipSnapshot> GetAsync(CancellationToken cancellationToken)
    {
        var known = kept;
        var current = await database.ReadAsync(
            async (db, token) =>
            {
                var version = await db.MembershipVersions.Select(row => row.Version).SingleAsync(token);
                return known is not null && known.Version == version
                    ? known
                    : new MembershipSnapshot(
                        version,
                        await db.UserGroups.Select(row => new KeyValuePair<string, string>(row.User!.Name, row.Group!.Name)).ToListAsync(token));
            },
            cancellationToken);
        if (known is null || current.Version > known.Version)
        {
            kept = current;
        }

        return current;
    }
}
