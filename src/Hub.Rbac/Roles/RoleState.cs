namespace JupyterHub.Rbac.Roles;

/// <summary>Roles and their holders as the database has them.</summary>
public sealed class RoleState
{
    /// <summary>All roles.</summary>
    public IReadOnlyCollection<StoredRole> Roles { get; init; } = [];

    /// <summary>Who holds what.</summary>
    public IReadOnlyCollection<RoleAssignment> Assignments { get; init; } = [];

    /// <summary>All users and services with their admin flag.</summary>
    public IReadOnlyCollection<AdminFlag> Principals { get; init; } = [];

    /// <summary>All groups.</summary>
    public IReadOnlyCollection<string> Groups { get; init; } = [];
}
