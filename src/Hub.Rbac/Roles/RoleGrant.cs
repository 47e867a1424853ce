using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>A role that somebody holds.</summary>
public sealed record RoleGrant : Grant
{
    /// <summary>Creates a grant.</summary>
    public RoleGrant(ScopeOwner holder, string role) : base(holder)
    {
        ArgumentNullException.ThrowIfNull(role);
        Role = role;
    }

    /// <summary>The role's name.</summary>
    public string Role { get; }

    /// <summary>For people.</summary>
    public override string ToString() => $"role {Role} of {Holder}";
}
