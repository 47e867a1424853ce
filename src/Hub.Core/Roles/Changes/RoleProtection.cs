using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>What nobody changes at run time, whatever they hold: default roles, and what configuration or authenticator say.</summary>
internal static class RoleProtection
{
    /// <summary>Why not; null if nothing is in the way.</summary>
    public static RoleChangeException? Find(RoleChangePlan plan) => plan.Request switch
    {
        ChangeRole or DeleteRole => OfDefinition(plan.Row!),
        AssignRole assign => OfAssignment(plan, assign),
        RemoveRole remove => OfRemoval(plan, remove),
        _ => plan.Named.Where(who => who.Value is null).Select(who => RoleChangeException.Nobody(who.Key)).FirstOrDefault(),
    };

    /// <summary>The role <c>admin</c> is given and taken as the admin flag is: by people who have it.</summary>
    public static RoleChangeException? OfAdmin(RoleChangePlan plan, Grantor grantor) =>
        plan.Request is { Role: BuiltInRoles.AdminName } and (AssignRole or RemoveRole) && !grantor.IsAdminUser
            ? new RoleChangeException(RoleChangeError.Forbidden, "Only admins can grant or take admin permissions")
            : null;

    private static RoleChangeException? OfDefinition(HubRole role)
    {
        if (BuiltInRoles.Find(role.Name) is not null)
        {
            return RoleChangeException.Conflict($"Role {role.Name} is a default role: it cannot be deleted, and only the configuration changes what it gives");
        }

        return RoleOrigins.Of(role.Origin?.Origin, role.ManagedByAuth) switch
        {
            RoleOrigins.Api => null,
            RoleOrigins.Authenticator => RoleChangeException.Conflict($"Role {role.Name} is managed by the authenticator; change it there"),
            _ => RoleChangeException.Conflict($"Role {role.Name} comes from the configuration; change it there"),
        };
    }

    private static RoleChangeException? OfAssignment(RoleChangePlan plan, AssignRole assign)
    {
        if (plan.Named[assign.Holder] is null)
        {
            return RoleChangeException.Nobody(assign.Holder);
        }

        if (plan.Row!.Scopes.Any(RoleCeiling.IsInherit))
        {
            return RoleChangeException.Invalid($"Role {assign.Role} is for tokens: it holds 'inherit', which nobody else can be given");
        }

        if (assign.Role == BuiltInRoles.AdminName && assign.Holder.Kind == ResourceKind.Group)
        {
            return RoleChangeException.Invalid("The role admin goes with the admin flag, which groups do not have");
        }

        if (assign.Role == BuiltInRoles.AdminName && assign.ExpiresAt is not null)
        {
            return RoleChangeException.Invalid("The role admin goes with the admin flag, which does not expire");
        }

        return assign.HasExpiry && plan.Holding is { IsLive: true, Origin: not RoleOrigins.Api } stored
            ? RoleChangeException.Conflict($"That {assign.Holder} holds role {assign.Role} is said by the {SourceOf(stored)}; change it there")
            : null;
    }

    private static RoleChangeException? OfRemoval(RoleChangePlan plan, RemoveRole remove)
    {
        if (plan.Holding is not { IsLive: true } stored)
        {
            return plan.Named[remove.Holder] is null
                ? RoleChangeException.Nobody(remove.Holder)
                : RoleChangeException.NotFound($"{remove.Holder} does not hold role {remove.Role}");
        }

        if (remove is { Role: BuiltInRoles.UserName, Holder.Kind: ResourceKind.User })
        {
            return RoleChangeException.Conflict("Every user holds the role user");
        }

        return stored.Origin == RoleOrigins.Api || remove.Role == BuiltInRoles.AdminName
            ? null
            : RoleChangeException.Conflict($"That {remove.Holder} holds role {remove.Role} is said by the {SourceOf(stored)}; change it there");
    }

    private static string SourceOf(StoredHolding stored) => stored.Origin == RoleOrigins.Authenticator ? "authenticator" : "configuration";
}
