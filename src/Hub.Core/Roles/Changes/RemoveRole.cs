using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Takes a role from a user, group or service.</summary>
internal sealed record RemoveRole(string Role, ScopeOwner Holder) : RoleRequest(Role);
