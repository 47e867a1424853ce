using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Gives a role to a user, group or service.</summary>
internal sealed record AssignRole(string Role, ScopeOwner Holder) : RoleRequest(Role)
{
    public bool HasExpiry { get; init; }

    /// <summary>Null for never.</summary>
    public DateTime? ExpiresAt { get; init; }
}
