using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Explanations;

/// <summary>What a change gives to somebody, and what it takes.</summary>
/// <param name="Who">The user or service.</param>
/// <param name="Gained">Permissions that nothing before covered.</param>
/// <param name="Lost">Permissions that nothing afterwards covers.</param>
public sealed record AccessChange(ScopeOwner Who, PermissionSet Gained, PermissionSet Lost);
