using JupyterHub.Core.Data;
using JupyterHub.Rbac.Filters;

namespace JupyterHub.Core.Roles.Reading;

/// <summary>Holders of roles, as far as a reader may know of them.</summary>
internal static class RoleQueries
{
    public static IQueryable<UserRole> ByUsers(HubDbContext db, ScopeFilters reach, DateTime now)
    {
        var held = db.UserRoles.Live(now);
        if (reach.IsUnrestricted)
        {
            return held;
        }

        var (names, groups) = (reach.Users.ToList(), reach.Groups.ToList());
        var users = db.Users.Where(user => names.Contains(user.Name) || user.Groups.Any(row => groups.Contains(row.Group!.Name)));
        return held.Where(row => users.Any(user => user.Id == row.UserId));
    }

    public static IQueryable<GroupRole> ByGroups(HubDbContext db, ScopeFilters reach, DateTime now)
    {
        var held = db.GroupRoles.Live(now);
        var names = reach.Groups.ToList();
        return reach.IsUnrestricted ? held : held.Where(row => db.Groups.Any(group => group.Id == row.GroupId && names.Contains(group.Name)));
    }

    public static IQueryable<ServiceRole> ByServices(HubDbContext db, ScopeFilters reach, DateTime now)
    {
        var held = db.ServiceRoles.Live(now);
        var names = reach.Services.ToList();
        return reach.IsUnrestricted ? held : held.Where(row => db.Services.Any(service => service.Id == row.ServiceId && names.Contains(service.Name)));
    }

    /// <summary>Roles that somebody within reach holds.</summary>
    public static IQueryable<HubRole> HeldWithin(this IQueryable<HubRole> roles, HubDbContext db, RoleReach reach, DateTime now)
    {
        var users = ByUsers(db, reach.Users, now);
        var groups = ByGroups(db, reach.Groups, now);
        var services = ByServices(db, reach.Services, now);
        return roles.Where(role => users.Any(row => row.RoleId == role.Id) || groups.Any(row => row.RoleId == role.Id) || services.Any(row => row.RoleId == role.Id));
    }
}
