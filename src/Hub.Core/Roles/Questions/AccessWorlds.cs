using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Reads all that decides what some users and services may do.</summary>
internal sealed class AccessWorlds(HubDbContext db, ScopeEngine engine, MembershipSnapshot membership, DateTime now)
{
    /// <param name="principals">Users and services that exist.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<RbacWorld> ReadAsync(IReadOnlyCollection<ScopeOwner> principals, CancellationToken cancellationToken)
    {
        var users = Names(principals, ResourceKind.User);
        var services = Names(principals, ResourceKind.Service);
        var groups = users.SelectMany(membership.GroupsOf).Distinct(StringComparer.Ordinal).ToList();
        var held = new List<Held>();
        held.AddRange(await db.UserRoles.Live(now)
            .Join(db.Users.Where(row => users.Contains(row.Name)), row => row.UserId, user => user.Id, (row, user) => new Held(ResourceKind.User, user.Name, row.Role!.Name, row.Role.Scopes))
            .ToListAsync(cancellationToken));
        held.AddRange(await db.GroupRoles.Live(now)
            .Join(db.Groups.Where(row => groups.Contains(row.Name)), row => row.GroupId, group => group.Id, (row, group) => new Held(ResourceKind.Group, group.Name, row.Role!.Name, row.Role.Scopes))
            .ToListAsync(cancellationToken));
        held.AddRange(await db.ServiceRoles.Live(now)
            .Join(db.Services.Where(row => services.Contains(row.Name)), row => row.ServiceId, service => service.Id, (row, service) => new Held(ResourceKind.Service, service.Name, row.Role!.Name, row.Role.Scopes))
            .ToListAsync(cancellationToken));
        var shares = await SharesAsync(users, groups, cancellationToken);
        var roles = held.DistinctBy(role => role.Role, StringComparer.Ordinal)
            .Select(role => KeyValuePair.Create(role.Role, (IReadOnlyList<string>)KnownScopes.Of(engine, role.Scopes)));
        return new RbacWorld(engine, membership, principals, roles, [.. held.Select(role => new RoleGrant(role.Holder, role.Role)), .. shares]);
    }

    private async Task<IEnumerable<Grant>> SharesAsync(List<string> users, List<string> groups, CancellationToken cancellationToken)
    {
        var shares = await db.Shares
            .Where(share => share.ExpiresAt == null || share.ExpiresAt > now)
            .Select(share => new
            {
                User = db.Users.Where(row => row.Id == share.UserId).Select(row => row.Name).FirstOrDefault(),
                Group = db.Groups.Where(row => row.Id == share.GroupId).Select(row => row.Name).FirstOrDefault(),
                Server = db.Spawners.Where(row => row.Id == share.SpawnerId).Select(row => new { Owner = row.User!.Name, row.Name }).FirstOrDefault(),
                share.Scopes,
            })
            .Where(share => users.Contains(share.User!) || groups.Contains(share.Group!))
            .ToListAsync(cancellationToken);
        return shares.Where(share => share.Server is not null).Select(share => new ShareGrant(
            share.User is { } user ? ScopeOwner.User(user) : ScopeOwner.Group(share.Group!),
            share.Server!.Owner,
            share.Server.Name,
            KnownScopes.Of(engine, share.Scopes)));
    }

    private static List<string> Names(IEnumerable<ScopeOwner> owners, ResourceKind kind) => [.. owners.Where(owner => owner.Kind == kind).Select(owner => owner.Name)];

    private sealed record Held(ResourceKind Kind, string Name, string Role, List<string> Scopes)
    {
        public ScopeOwner Holder => Kind switch
        {
            ResourceKind.User => ScopeOwner.User(Name),
            ResourceKind.Group => ScopeOwner.Group(Name),
            _ => ScopeOwner.Service(Name),
        };
    }
}
