using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Core.Roles;

/// <summary>Makes rows of the tables that say who holds which role, one table for each kind of holder.</summary>
internal static class AssignmentRows
{
    public static object Create(ResourceKind kind, int holderId, int roleId, bool isManaged = false) => kind switch
    {
        ResourceKind.User => new UserRole { UserId = holderId, RoleId = roleId, ManagedByAuth = isManaged },
        ResourceKind.Group => new GroupRole { GroupId = holderId, RoleId = roleId, ManagedByAuth = isManaged },
        _ => new ServiceRole { ServiceId = holderId, RoleId = roleId, ManagedByAuth = isManaged },
    };

    /// <summary>The row that says where an assignment comes from, as far as it takes to remove it.</summary>
    public static object CreateOrigin(ResourceKind kind, int holderId, int roleId) => kind switch
    {
        ResourceKind.User => new UserRoleOrigin { UserId = holderId, RoleId = roleId, Origin = "" },
        ResourceKind.Group => new GroupRoleOrigin { GroupId = holderId, RoleId = roleId, Origin = "" },
        _ => new ServiceRoleOrigin { ServiceId = holderId, RoleId = roleId, Origin = "" },
    };
}
