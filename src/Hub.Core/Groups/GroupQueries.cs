using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Groups;

/// <summary>Reads groups with what belongs to them: three statements, however many groups and members there are.</summary>
internal static class GroupQueries
{
    /// <param name="db">The operation's context.</param>
    /// <param name="groups">Which groups, in which order.</param>
    /// <param name="now">Roles that have expired by then are left out.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IReadOnlyList<GroupDetails>> LoadAsync(HubDbContext db, IQueryable<HubGroup> groups, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await groups.AsNoTracking().Select(group => new { group.Id, group.Name, group.Properties }).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.ConvertAll(row => row.Id);
        var users = await db.UserGroups
            .Where(member => EF.Parameter(ids).Contains(member.GroupId))
            .OrderBy(member => member.UserId)
            .Select(member => new { member.GroupId, member.User!.Name })
            .ToListAsync(cancellationToken);
        var roles = await db.GroupRoles
            .Where(held => EF.Parameter(ids).Contains(held.GroupId))
            .Live(now)
            .OrderBy(held => held.Role!.Name)
            .Select(held => new { held.GroupId, held.Role!.Name })
            .ToListAsync(cancellationToken);
        var usersOf = users.ToLookup(row => row.GroupId, row => row.Name);
        var rolesOf = roles.ToLookup(row => row.GroupId, row => row.Name);
        return [.. rows.Select(row => new GroupDetails(row.Name, row.Properties, [.. usersOf[row.Id]], [.. rolesOf[row.Id]]))];
    }

    public static async Task<GroupDetails?> FindAsync(HubDbContext db, string name, DateTime now, CancellationToken cancellationToken)
    {
        var found = await LoadAsync(db, db.Groups.Where(group => group.Name == name), now, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }
}
