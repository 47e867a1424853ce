using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>A reason why somebody may do something: <see cref="RoleGrant"/> or <see cref="ShareGrant"/>.</summary>
public abstract record Grant
{
    private protected Grant(ScopeOwner holder) => Holder = holder;

    /// <summary>Who was granted it: a user, a service, or a group for its members.</summary>
    public ScopeOwner Holder { get; }
}
