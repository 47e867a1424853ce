using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Writes a change that was found to be allowed.</summary>
internal sealed class RoleWriter(HubDbContext db, RoleChangePlan plan, Requester requester, DateTime now)
{
    private readonly string creator = NameOf(requester);

    /// <summary>As it is kept with roles and assignments.</summary>
    public static string NameOf(Requester requester) => $"{(requester.IsUser ? "user" : "service")} {requester.Name}";

    /// <summary>True if there is a role or an assignment that was not there before.</summary>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        switch (plan.Request)
        {
            case CreateRole create:
                await CreateAsync(create, cancellationToken);
                return true;
            case ChangeRole change:
                Change(change);
                return false;
            case DeleteRole:
                db.Roles.Remove(plan.Row!);
                return false;
            case AssignRole { Holder: var holder }:
                return await AssignAsync(holder, cancellationToken);
            case RemoveRole { Holder: var holder }:
                await RemoveAsync(holder, cancellationToken);
                return false;
            default:
                throw new InvalidOperationException($"There is no way to write {plan.Request.GetType().Name}.");
        }
    }

    private async Task CreateAsync(CreateRole create, CancellationToken cancellationToken)
    {
        if (plan.Row is not null)
        {
            // It has expired, and the name is free from then on.
            db.Roles.Remove(plan.Row);
            await db.SaveChangesAsync(cancellationToken);
        }

        var role = new HubRole { Name = create.Role, Description = create.Description, Scopes = [.. plan.After!.Scopes] };
        db.Roles.Add(role);
        await db.SaveChangesAsync(cancellationToken);
        db.RoleOrigins.Add(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, Creator = creator, CreatedAt = now, ExpiresAt = create.ExpiresAt });
        foreach (var (holder, id) in plan.Named)
        {
            Hold(role.Id, holder, id!.Value, null);
        }
    }

    private void Change(ChangeRole change)
    {
        var role = plan.Row!;
        role.Scopes = change.Scopes is null ? role.Scopes : [.. plan.After!.Scopes];
        role.Description = change.HasDescription ? change.Description : role.Description;
        role.Origin!.ExpiresAt = plan.After!.ExpiresAt;
    }

    private async Task<bool> AssignAsync(ScopeOwner holder, CancellationToken cancellationToken)
    {
        var id = plan.Named[holder]!.Value;
        if (plan.Holding is { IsLive: true, Origin: not RoleOrigins.Api })
        {
            return false;
        }

        if (plan.Holding is not null)
        {
            await DropAsync(holder, id, cancellationToken);
        }

        Hold(plan.Row!.Id, holder, id, plan.After!.Holders.Single(held => held.Holder == holder).ExpiresAt);
        await FlagAsync(holder, id, isAdmin: true, cancellationToken);
        return plan.Holding is not { IsLive: true };
    }

    private async Task RemoveAsync(ScopeOwner holder, CancellationToken cancellationToken)
    {
        var id = plan.Named[holder]!.Value;
        await DropAsync(holder, id, cancellationToken);
        await FlagAsync(holder, id, isAdmin: false, cancellationToken);
    }

    private void Hold(int roleId, ScopeOwner holder, int id, DateTime? end)
    {
        switch (holder.Kind)
        {
            case ResourceKind.User:
                db.UserRoles.Add(new UserRole { RoleId = roleId, UserId = id });
                db.UserRoleOrigins.Add(new UserRoleOrigin { RoleId = roleId, UserId = id, Origin = RoleOrigins.Api, Creator = creator, CreatedAt = now, ExpiresAt = end });
                break;
            case ResourceKind.Group:
                db.GroupRoles.Add(new GroupRole { RoleId = roleId, GroupId = id });
                db.GroupRoleOrigins.Add(new GroupRoleOrigin { RoleId = roleId, GroupId = id, Origin = RoleOrigins.Api, Creator = creator, CreatedAt = now, ExpiresAt = end });
                break;
            default:
                db.ServiceRoles.Add(new ServiceRole { RoleId = roleId, ServiceId = id });
                db.ServiceRoleOrigins.Add(new ServiceRoleOrigin { RoleId = roleId, ServiceId = id, Origin = RoleOrigins.Api, Creator = creator, CreatedAt = now, ExpiresAt = end });
                break;
        }
    }

    private async Task DropAsync(ScopeOwner holder, int id, CancellationToken cancellationToken)
    {
        var roleId = plan.Row!.Id;
        _ = holder.Kind switch
        {
            ResourceKind.User => await db.UserRoles.Where(row => row.RoleId == roleId && row.UserId == id).ExecuteDeleteAsync(cancellationToken),
            ResourceKind.Group => await db.GroupRoles.Where(row => row.RoleId == roleId && row.GroupId == id).ExecuteDeleteAsync(cancellationToken),
            _ => await db.ServiceRoles.Where(row => row.RoleId == roleId && row.ServiceId == id).ExecuteDeleteAsync(cancellationToken),
        };
    }

    /// <summary>Role and flag follow each other.</summary>
    private async Task FlagAsync(ScopeOwner holder, int id, bool isAdmin, CancellationToken cancellationToken)
    {
        if (plan.Request.Role != BuiltInRoles.AdminName)
        {
            return;
        }

        _ = holder.Kind switch
        {
            ResourceKind.User => await db.Users.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Admin, isAdmin), cancellationToken),
            ResourceKind.Service => await db.Services.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Admin, isAdmin), cancellationToken),
            _ => 0,
        };
    }
}
