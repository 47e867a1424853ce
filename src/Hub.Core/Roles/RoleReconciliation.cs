using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Roles;

/// <summary>Writes what a plan says about roles and who holds them.</summary>
internal sealed class RoleReconciliation(HubDbContext db, RolePlan plan, StoredRoles stored, ILogger logger)
{
    private readonly Dictionary<string, HubRole> roles = new(StringComparer.Ordinal);

    public async Task WriteRolesAsync(CancellationToken cancellationToken)
    {
        var created = plan.CreatedRoles.Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        var deleted = plan.DeletedRoles.Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var role in stored.Roles)
        {
            if (deleted.Contains(role.Name) || created.Contains(role.Name))
            {
                await DeleteAsync(role, isReplaced: !StoredRoles.IsDeclared(role), cancellationToken);
            }
            else
            {
                roles.Add(role.Name, role);
            }
        }

        foreach (var role in plan.CreatedRoles)
        {
            StartupLog.RoleCreated(logger, LogText.Bound(role.Name));
            roles.Add(role.Name, new HubRole { Name = role.Name, Description = role.Description, Scopes = [.. role.Scopes], ManagedByAuth = role.IsManaged });
            db.Roles.Add(roles[role.Name]);
        }

        foreach (var (_, after) in plan.UpdatedRoles)
        {
            (roles[after.Name].Description, roles[after.Name].Scopes) = (after.Description, [.. after.Scopes]);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes who holds what. All holders have their rows.</summary>
    public async Task WriteAssignmentsAsync(IReadOnlySet<string> blockedUsers, IReadOnlyList<ServicePrincipal> services, CancellationToken cancellationToken)
    {
        var held = stored.Assignments.Where(row => roles.ContainsKey(row.Role)).ToDictionary(row => (row.Holder, row.Role));
        var granted = plan.Granted.Where(grant => grant.Holder.Kind != ResourceKind.User || !blockedUsers.Contains(grant.Holder.Name)).ToArray();
        foreach (var (holder, role, isManaged) in granted)
        {
            var (holderId, roleId) = (stored.IdOf(holder), roles[role].Id);
            if (!held.TryGetValue((holder, role), out var before))
            {
                db.Add(AssignmentRows.Create(holder.Kind, holderId, roleId, isManaged));
            }
            else if (!before.IsDeclared)
            {
                // What the configuration says holds for good, whatever end the API gave it.
                db.Remove(AssignmentRows.CreateOrigin(holder.Kind, holderId, roleId));
            }
        }

        var kept = granted.Select(grant => (grant.Holder, grant.Role)).ToHashSet();
        var withheld = held.Values.Where(row => DeclaredState.IsWithheld(row, services) && !kept.Contains((row.Holder, row.Role)));
        foreach (var (holder, role, _) in plan.Stripped.Concat(withheld.Select(row => row.ToAssignment())))
        {
            db.Remove(AssignmentRows.Create(holder.Kind, stored.IdOf(holder), roles[role].Id));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task DeleteAsync(HubRole role, bool isReplaced, CancellationToken cancellationToken)
    {
        if (isReplaced)
        {
            StartupLog.RoleReplaced(logger, LogText.Bound(role.Name));
        }
        else
        {
            StartupLog.RoleDeleted(logger, LogText.Bound(role.Name));
        }

        // At once, so that the name is free; the database takes assignments and origins along.
        db.Entry(role).State = EntityState.Detached;
        if (role.Origin is { } origin)
        {
            db.Entry(origin).State = EntityState.Detached;
        }

        await db.Roles.Where(row => row.Id == role.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
