using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>Whether a user or service counts as administrator.</summary>
/// <param name="Who">The user or service.</param>
/// <param name="IsAdmin">The flag.</param>
public sealed record AdminFlag(ScopeOwner Who, bool IsAdmin);
