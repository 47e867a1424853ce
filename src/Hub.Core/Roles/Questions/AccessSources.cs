using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Finds by which roles, shares and names something is allowed.</summary>
internal sealed class AccessSources(HubDbContext db, ScopeEngine engine, MembershipSnapshot membership, DateTime now)
{
    public async Task<AccessSource> FindAsync(Scope scope, Resource? resource, AccessWorlds worlds, CancellationToken cancellationToken)
    {
        var roles = await db.Roles.Live(now).Select(role => new { role.Id, role.Scopes }).ToListAsync(cancellationToken);
        var (users, groups) = await SharesAsync(scope, resource, cancellationToken);
        var own = await OwnAsync(scope, resource, worlds, cancellationToken);
        return new AccessSource([.. roles.Where(role => Allows(role.Scopes, scope, resource)).Select(role => role.Id)], users, groups, own);
    }

    /// <summary>Without an owner, what would depend on the holder gives nothing.</summary>
    private bool Allows(IEnumerable<string> scopes, Scope scope, Resource? resource) => Allows(engine.Expand(KnownScopes.Of(engine, scopes)), scope, resource);

    private bool Allows(PermissionSet permissions, Scope scope, Resource? resource) =>
        resource is { } entity ? permissions.Allows(scope, entity, membership) : permissions.Allows(scope);

    /// <summary>Users and groups that a server is shared with, with the scope that is asked for.</summary>
    private async Task<(IReadOnlyList<int> Users, IReadOnlyList<int> Groups)> SharesAsync(Scope scope, Resource? resource, CancellationToken cancellationToken)
    {
        if (resource is not { Kind: ResourceKind.Server, Name: var owner, ServerName: var server })
        {
            return ([], []);
        }

        var shares = await db.Shares
            .Where(share => share.ExpiresAt == null || share.ExpiresAt > now)
            .Where(share => db.Spawners.Any(row => row.Id == share.SpawnerId && row.User!.Name == owner && row.Name == server))
            .Select(share => new { share.UserId, share.GroupId, share.Scopes })
            .ToListAsync(cancellationToken);
        var fitting = shares.Where(share => Allows(share.Scopes, scope, resource)).ToList();
        return ([.. fitting.Select(share => share.UserId).OfType<int>()], [.. fitting.Select(share => share.GroupId).OfType<int>()]);
    }

    /// <summary>The entity's own user or service, if that one may by what its roles say of oneself.</summary>
    private async Task<ScopeOwner?> OwnAsync(Scope scope, Resource? resource, AccessWorlds worlds, CancellationToken cancellationToken)
    {
        ScopeOwner? own = resource switch
        {
            { Kind: ResourceKind.User or ResourceKind.Server, Name: var name } => ScopeOwner.User(name),
            { Kind: ResourceKind.Service, Name: var name } => ScopeOwner.Service(name),
            _ => null,
        };
        if (own is not { } owner)
        {
            return null;
        }

        var world = await worlds.ReadAsync([owner], cancellationToken);
        return Allows(world.PermissionsOf(owner), scope, resource) ? owner : null;
    }
}
