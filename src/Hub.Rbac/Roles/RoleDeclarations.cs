namespace JupyterHub.Rbac.Roles;

/// <summary>What configuration and authenticator say about roles. Names of users are normalized already.</summary>
public sealed class RoleDeclarations
{
    /// <summary>Roles of the configuration.</summary>
    public IReadOnlyList<RoleDefinition> Roles { get; init; } = [];

    /// <summary>Roles of an authenticator that manages roles; null if it does not.</summary>
    public IReadOnlyList<RoleDefinition>? ManagedRoles { get; init; }

    /// <summary>Drop managed roles and assignments that are not declared again.</summary>
    public bool ResetManagedRoles { get; init; }

    /// <summary>Scopes that the role <c>user</c> gains.</summary>
    public IReadOnlyList<string> ExtraUserScopes { get; init; } = [];

    /// <summary>Users that are administrators; created if missing.</summary>
    public IReadOnlyList<string> AdminUsers { get; init; } = [];

    /// <summary>Users that may sign in; created if missing, and given the role <c>user</c>.</summary>
    public IReadOnlyList<string> AllowedUsers { get; init; } = [];

    /// <summary>Users that are named for another reason, as members of a group are; created if missing.</summary>
    public IReadOnlyList<string> NamedUsers { get; init; } = [];
}
