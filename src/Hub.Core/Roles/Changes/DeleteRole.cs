namespace JupyterHub.Core.Roles.Changes;

/// <summary>Deletes a role, and so takes it from all its holders.</summary>
internal sealed record DeleteRole(string Role) : RoleRequest(Role);
