using JupyterHub.Core.Data;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Reads who holds a role.</summary>
internal static class RoleHolders
{
    /// <summary>Everybody who holds it now, at most so many of each kind.</summary>
    public static async Task<List<RoleHolding>> OfRoleAsync(HubDbContext db, int roleId, DateTime now, int limit, CancellationToken cancellationToken)
    {
        var users = await db.UserRoles.Where(row => row.RoleId == roleId).Live(now)
            .Join(db.Users, row => row.UserId, user => user.Id, (row, user) => new { user.Name, row.Origin!.ExpiresAt })
            .Take(limit).ToListAsync(cancellationToken);
        var groups = await db.GroupRoles.Where(row => row.RoleId == roleId).Live(now)
            .Join(db.Groups, row => row.GroupId, group => group.Id, (row, group) => new { group.Name, row.Origin!.ExpiresAt })
            .Take(limit).ToListAsync(cancellationToken);
        var services = await db.ServiceRoles.Where(row => row.RoleId == roleId).Live(now)
            .Join(db.Services, row => row.ServiceId, service => service.Id, (row, service) => new { service.Name, row.Origin!.ExpiresAt })
            .Take(limit).ToListAsync(cancellationToken);
        return
        [
            .. users.Select(row => new RoleHolding(ScopeOwner.User(row.Name), row.ExpiresAt)),
            .. groups.Select(row => new RoleHolding(ScopeOwner.Group(row.Name), row.ExpiresAt)),
            .. services.Select(row => new RoleHolding(ScopeOwner.Service(row.Name), row.ExpiresAt)),
        ];
    }

    /// <summary>The ids of the rows of those named; null where there is none.</summary>
    public static async Task<Dictionary<ScopeOwner, int?>> IdsAsync(HubDbContext db, IEnumerable<ScopeOwner> named, CancellationToken cancellationToken)
    {
        var ids = named.Distinct().ToDictionary(who => who, _ => (int?)null);
        List<string> Names(ResourceKind kind) => [.. ids.Keys.Where(who => who.Kind == kind).Select(who => who.Name)];
        var (users, groups, services) = (Names(ResourceKind.User), Names(ResourceKind.Group), Names(ResourceKind.Service));
        foreach (var row in await db.Users.Where(row => users.Contains(row.Name)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
        {
            ids[ScopeOwner.User(row.Name)] = row.Id;
        }

        foreach (var row in await db.Groups.Where(row => groups.Contains(row.Name)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
        {
            ids[ScopeOwner.Group(row.Name)] = row.Id;
        }

        foreach (var row in await db.Services.Where(row => services.Contains(row.Name)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
        {
            ids[ScopeOwner.Service(row.Name)] = row.Id;
        }

        return ids;
    }

    /// <summary>The assignment of a role to one holder, whether it still counts or not; null if there is none.</summary>
    public static async Task<StoredHolding?> FindAsync(HubDbContext db, int roleId, ScopeOwner holder, int holderId, DateTime now, CancellationToken cancellationToken)
    {
        var found = holder.Kind switch
        {
            ResourceKind.User => await db.UserRoles.Where(row => row.RoleId == roleId && row.UserId == holderId)
                .Select(row => new { row.ManagedByAuth, row.Origin!.Origin, row.Origin.ExpiresAt }).SingleOrDefaultAsync(cancellationToken),
            ResourceKind.Group => await db.GroupRoles.Where(row => row.RoleId == roleId && row.GroupId == holderId)
                .Select(row => new { row.ManagedByAuth, row.Origin!.Origin, row.Origin.ExpiresAt }).SingleOrDefaultAsync(cancellationToken),
            _ => await db.ServiceRoles.Where(row => row.RoleId == roleId && row.ServiceId == holderId)
                .Select(row => new { row.ManagedByAuth, row.Origin!.Origin, row.Origin.ExpiresAt }).SingleOrDefaultAsync(cancellationToken),
        };
        return found is null
            ? null
            : new StoredHolding(RoleOrigins.Of(found.Origin, found.ManagedByAuth), found.ExpiresAt, found.ExpiresAt is not { } end || end > now);
    }
}
