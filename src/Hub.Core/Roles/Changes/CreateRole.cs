using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Makes a role, with its first holders.</summary>
internal sealed record CreateRole(string Role) : RoleRequest(Role)
{
    public string? Description { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTime? ExpiresAt { get; init; }

    public IReadOnlyList<ScopeOwner> Holders { get; init; } = [];
}
