namespace JupyterHub.Core.Roles.Changes;

/// <summary>A change of one role that somebody asks for.</summary>
/// <param name="Role">The role's name.</param>
internal abstract record RoleRequest(string Role);
