using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Reads what belongs to users: one statement for each kind of it, however many users there are.</summary>
internal static class UserParts
{
    /// <param name="db">The context of the read.</param>
    /// <param name="users">Users, without their parts.</param>
    /// <param name="wanted">Of these fields, roles, groups and servers cost a statement each.</param>
    /// <param name="now">Roles that have expired by then are left out.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<IReadOnlyList<UserRecord>> CompleteAsync(HubDbContext db, IReadOnlyList<UserRecord> users, UserFields wanted, DateTime now, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return users;
        }

        var ids = users.Select(user => user.Id).ToArray();
        var roles = wanted.HasFlag(UserFields.Roles) ? await RolesAsync(db, ids, now, cancellationToken) : Nothing<(string Name, bool Expires)>();
        var groups = wanted.HasFlag(UserFields.Groups) ? await GroupsAsync(db, ids, cancellationToken) : Nothing<string>();
        var servers = wanted.HasFlag(UserFields.Servers) ? await ServersAsync(db, ids, cancellationToken) : Nothing<HubSpawner>();
        return
        [
            .. users.Select(user => user with
            {
                Roles = [.. roles[user.Id].Select(role => role.Name).Order(StringComparer.Ordinal)],
                HasExpiringRole = roles[user.Id].Any(role => role.Expires),
                Groups = [.. groups[user.Id].Order(StringComparer.Ordinal)],
                Servers = [.. servers[user.Id].OrderBy(server => server.Name, StringComparer.Ordinal)],
            }),
        ];
    }

    private static async Task<ILookup<int, (string Name, bool Expires)>> RolesAsync(HubDbContext db, int[] ids, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await db.UserRoles.Live(now)
            .Where(row => EF.Parameter(ids).Contains(row.UserId))
            .Select(row => new { row.UserId, row.Role!.Name, Expires = row.Origin!.ExpiresAt != null || row.Role.Origin!.ExpiresAt != null })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.UserId, row => (row.Name, row.Expires));
    }

    private static async Task<ILookup<int, string>> GroupsAsync(HubDbContext db, int[] ids, CancellationToken cancellationToken)
    {
        var rows = await db.UserGroups
            .Where(row => EF.Parameter(ids).Contains(row.UserId))
            .Select(row => new { row.UserId, row.Group!.Name })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.UserId, row => row.Name);
    }

    private static async Task<ILookup<int, HubSpawner>> ServersAsync(HubDbContext db, int[] ids, CancellationToken cancellationToken)
    {
        var rows = await db.Spawners.Where(row => EF.Parameter(ids).Contains(row.UserId)).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.UserId);
    }

    private static ILookup<int, T> Nothing<T>() => Array.Empty<T>().ToLookup(_ => 0);
}
