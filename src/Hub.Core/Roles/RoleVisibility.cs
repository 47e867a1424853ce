using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles;

/// <summary>What of roles and their holders somebody may be told.</summary>
internal sealed class RoleVisibility(Authority authority)
{
    /// <summary>What nobody has to be kept from.</summary>
    public static RoleVisibility Everything { get; } =
        new(new Authority([], ScopeEngine.BuiltIn.Expand(["read:roles"]), Rbac.Membership.MembershipSnapshot.Empty));

    /// <summary>True if every role may be read, whoever holds it.</summary>
    public bool IsUnrestricted => authority.Allows("read:roles");

    /// <summary>Holders of whom it may be told which roles they hold.</summary>
    public RoleReach Names { get; } = new(
        authority.Permissions.FiltersOf("read:roles:users"),
        authority.Permissions.FiltersOf("read:roles:groups"),
        authority.Permissions.FiltersOf("read:roles:services"));

    /// <summary>Holders whose roles may be read with what they give.</summary>
    public RoleReach Definitions { get; } = RoleReach.Of(authority.Permissions.FiltersOf("read:roles"));

    /// <summary>True if it may be told which roles this one holds.</summary>
    public bool CanName(ScopeOwner holder) => Covers(holder.Kind switch
    {
        ResourceKind.User => "read:roles:users",
        ResourceKind.Group => "read:roles:groups",
        _ => "read:roles:services",
    }, holder);

    /// <summary>True if it may be told what the roles of this one give.</summary>
    public bool CanReadRolesOf(ScopeOwner holder) => Covers("read:roles", holder);

    /// <summary>True if it may be told that the user is in the group.</summary>
    public bool CanTellMembership(string user, string group) =>
        authority.Allows("read:users:groups", Resource.User(user)) || authority.Allows("read:groups", Resource.Group(group));

    public static Resource AsResource(ScopeOwner holder) => holder.Kind switch
    {
        ResourceKind.User => Resource.User(holder.Name),
        ResourceKind.Group => Resource.Group(holder.Name),
        _ => Resource.Service(holder.Name),
    };

    private bool Covers(string scope, ScopeOwner holder) => authority.Allows(scope, AsResource(holder));
}
