using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Groups;

/// <summary>Finds groups and members of groups by parts of their names, a page at a time: the database counts, whatever there is.</summary>
internal sealed class GroupSearch(IHubDatabase database, TimeProvider time)
{
    /// <summary>A part of the groups that the filter covers and whose names hold the text, by name, and how many those are.</summary>
    public Task<(int Total, IReadOnlyList<GroupSummary> Items)> FindAsync(ScopeFilters visible, string part, int offset, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        var names = visible.Groups.ToList();
        return database.ReadAsync(
            async (db, token) =>
            {
                var groups = Matching(visible.IsUnrestricted ? db.Groups : db.Groups.Where(group => EF.Parameter(names).Contains(group.Name)), part);
                var total = await groups.CountAsync(token);
                var held = db.GroupRoles.Live(now);
                var items = await groups.OrderBy(group => group.Name).Skip(offset).Take(limit)
                    .Select(group => new GroupSummary(group.Name, group.Members.Count, held.Count(row => row.GroupId == group.Id)))
                    .ToListAsync(token);
                return (total, (IReadOnlyList<GroupSummary>)items);
            },
            cancellationToken);
    }

    /// <summary>A group with those of its members whose names hold the text; null if there is no such group.</summary>
    public Task<GroupOverview?> OpenAsync(string name, string part, int offset, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return database.ReadAsync(
            async (db, token) =>
            {
                var group = await db.Groups.Where(row => row.Name == name).Select(row => new { row.Id, row.Properties }).SingleOrDefaultAsync(token);
                if (group is null)
                {
                    return null;
                }

                var members = db.UserGroups.Where(row => row.GroupId == group.Id).Select(row => row.User!.Name);
                var pattern = LikePattern.Holding(part);
                var found = part.Length == 0 ? members : members.Where(member => EF.Functions.Like(member, pattern, LikePattern.Escape));
                return new GroupOverview(
                    name,
                    group.Properties,
                    await members.CountAsync(token),
                    await found.CountAsync(token),
                    await found.OrderBy(member => member).Skip(offset).Take(limit).ToListAsync(token),
                    await RolesAsync(db, group.Id, now, token));
            },
            cancellationToken);
    }

    private static IQueryable<HubGroup> Matching(IQueryable<HubGroup> groups, string part)
    {
        var pattern = LikePattern.Holding(part);
        return part.Length == 0 ? groups : groups.Where(group => EF.Functions.Like(group.Name, pattern, LikePattern.Escape));
    }

    private static async Task<IReadOnlyList<HeldGroupRole>> RolesAsync(HubDbContext db, int groupId, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await db.GroupRoles.Live(now).Where(held => held.GroupId == groupId)
            .Select(held => new
            {
                held.Role!.Name,
                held.ManagedByAuth,
                held.Origin!.Origin,
                held.Origin.Creator,
                held.Origin.ExpiresAt,
                RoleExpiresAt = held.Role.Origin!.ExpiresAt,
            })
            .OrderBy(row => row.Name)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new HeldGroupRole(
            row.Name, RoleOrigins.Of(row.Origin, row.ManagedByAuth), row.Creator, LiveRoles.Earlier(row.ExpiresAt, row.RoleExpiresAt)))];
    }
}
