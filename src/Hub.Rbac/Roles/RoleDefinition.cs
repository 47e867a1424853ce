namespace JupyterHub.Rbac.Roles;

/// <summary>A role as somebody declares it. What is null was not declared, which is not the same as empty.</summary>
/// <param name="Name">The role's name.</param>
public sealed record RoleDefinition(string Name)
{
    /// <summary>What the role is for.</summary>
    public string? Description { get; init; }

    /// <summary>Raw scopes; null: those of the default role of that name, else none.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Exactly the users that hold the role.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Exactly the groups that hold the role.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Exactly the services that hold the role.</summary>
    public IReadOnlyList<string>? Services { get; init; }
}
