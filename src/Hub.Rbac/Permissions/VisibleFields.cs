using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Permissions;

/// <summary>Which fields of an entity the holder of permissions sees: the union over the scopes that cover it (contract 3).</summary>
public static class VisibleFields
{
    private static readonly (Scope Scope, UserFields Fields)[] OfUsers =
    [
        (Find("read:users"), UserFields.Name | UserFields.UserInfo | UserFields.Admin | UserFields.Roles | UserFields.Groups
            | UserFields.Server | UserFields.Pending | UserFields.Created | UserFields.LastActivity),
        (Find("read:users:name"), UserFields.Name | UserFields.UserInfo | UserFields.Admin),
        (Find("read:users:groups"), UserFields.Name | UserFields.Groups),
        (Find("read:users:activity"), UserFields.Name | UserFields.LastActivity),
        (Find("read:servers"), UserFields.Name | UserFields.Servers),
        (Find("read:roles:users"), UserFields.Name | UserFields.Roles | UserFields.Admin),
        (Find("admin:auth_state"), UserFields.Name | UserFields.AuthState),
    ];

    private static readonly (Scope Scope, GroupFields Fields)[] OfGroups =
    [
        (Find("read:groups"), GroupFields.Name | GroupFields.Users | GroupFields.Properties),
        (Find("read:groups:name"), GroupFields.Name),
        (Find("read:roles:groups"), GroupFields.Name | GroupFields.Roles),
    ];

    private static readonly (Scope Scope, ServiceFields Fields)[] OfServices =
    [
        (Find("read:services"), ServiceFields.Name | ServiceFields.Admin | ServiceFields.Details),
        (Find("read:services:name"), ServiceFields.Name | ServiceFields.Admin),
        (Find("read:roles:services"), ServiceFields.Name | ServiceFields.Roles | ServiceFields.Admin),
    ];

    private static readonly Scope ReadServers = Find("read:servers");
    private static readonly Scope ServerState = Find("admin:server_state");

    /// <summary>The visible fields of a user. Without <see cref="UserFields.Servers"/> the field still appears if one of the servers is visible.</summary>
    public static UserFields OfUser(PermissionSet permissions, string user, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var visible = UserFields.None;
        foreach (var (scope, fields) in OfUsers)
        {
            visible |= permissions.Allows(scope, Resource.User(user), membership) ? fields : UserFields.None;
        }

        return visible;
    }

    /// <summary>The visible fields of a group.</summary>
    public static GroupFields OfGroup(PermissionSet permissions, string group, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var visible = GroupFields.None;
        foreach (var (scope, fields) in OfGroups)
        {
            visible |= permissions.Allows(scope, Resource.Group(group), membership) ? fields : GroupFields.None;
        }

        return visible;
    }

    /// <summary>The visible fields of a service.</summary>
    public static ServiceFields OfService(PermissionSet permissions, string service, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var visible = ServiceFields.None;
        foreach (var (scope, fields) in OfServices)
        {
            visible |= permissions.Allows(scope, Resource.Service(service), membership) ? fields : ServiceFields.None;
        }

        return visible;
    }

    /// <summary>The visible fields of a server.</summary>
    public static ServerFields OfServer(PermissionSet permissions, string owner, string server, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var resource = Resource.Server(owner, server);
        return !permissions.Allows(ReadServers, resource, membership)
            ? ServerFields.None
            : permissions.Allows(ServerState, resource, membership) ? ServerFields.Details | ServerFields.State : ServerFields.Details;
    }

    private static Scope Find(string name) => ScopeCatalog.BuiltIn[name];
}
