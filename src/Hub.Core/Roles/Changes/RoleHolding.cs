using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>That somebody holds a role.</summary>
/// <param name="Holder">The user, group or service.</param>
/// <param name="ExpiresAt">When the assignment ends; null for never.</param>
internal sealed record RoleHolding(ScopeOwner Holder, DateTime? ExpiresAt);
