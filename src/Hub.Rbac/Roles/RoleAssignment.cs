using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>That somebody holds a role.</summary>
/// <param name="Holder">The user, service or group.</param>
/// <param name="Role">The role's name.</param>
/// <param name="IsManaged">True if the authenticator said so.</param>
public sealed record RoleAssignment(ScopeOwner Holder, string Role, bool IsManaged = false);
