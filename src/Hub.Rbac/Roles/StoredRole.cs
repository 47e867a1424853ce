namespace JupyterHub.Rbac.Roles;

/// <summary>A role as the database has it.</summary>
/// <param name="Name">The role's name.</param>
/// <param name="Description">What the role is for.</param>
/// <param name="Scopes">Raw scopes.</param>
/// <param name="IsManaged">True if the authenticator declared it.</param>
public sealed record StoredRole(string Name, string? Description, IReadOnlyList<string> Scopes, bool IsManaged);
