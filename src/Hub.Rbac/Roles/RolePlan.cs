namespace JupyterHub.Rbac.Roles;

/// <summary>What start-up would do to roles and their holders; to be shown or applied, in the order of the properties. Deleting a role takes its assignments along.</summary>
public sealed class RolePlan
{
    internal RolePlan()
    {
    }

    /// <summary>Roles that go. One that is deleted and created again loses all its holders.</summary>
    public IReadOnlyList<StoredRole> DeletedRoles { get; internal init; } = [];

    /// <summary>Roles that are new.</summary>
    public IReadOnlyList<StoredRole> CreatedRoles { get; internal init; } = [];

    /// <summary>Roles that change.</summary>
    public IReadOnlyList<RoleUpdate> UpdatedRoles { get; internal init; } = [];

    /// <summary>Users that are named but do not exist yet.</summary>
    public IReadOnlyList<string> CreatedUsers { get; internal init; } = [];

    /// <summary>Groups that are named but do not exist yet.</summary>
    public IReadOnlyList<string> CreatedGroups { get; internal init; } = [];

    /// <summary>Assignments that go.</summary>
    public IReadOnlyList<RoleAssignment> Stripped { get; internal init; } = [];

    /// <summary>Assignments that are new.</summary>
    public IReadOnlyList<RoleAssignment> Granted { get; internal init; } = [];

    /// <summary>Assignments that stay and count as managed from now on.</summary>
    public IReadOnlyList<RoleAssignment> MarkedManaged { get; internal init; } = [];

    /// <summary>Admin flags that change, those of created users included.</summary>
    public IReadOnlyList<AdminFlag> AdminFlags { get; internal init; } = [];

    /// <summary>What an administrator should know; each is one sentence.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>True if everything is as declared already.</summary>
    public bool IsEmpty =>
        DeletedRoles.Count + CreatedRoles.Count + UpdatedRoles.Count + CreatedUsers.Count + CreatedGroups.Count
        + Stripped.Count + Granted.Count + MarkedManaged.Count + AdminFlags.Count == 0;

    /// <summary>Works out what start-up would do (contract 5). Changes nothing.</summary>
    /// <exception cref="RoleException">A declaration breaks a rule.</exception>
    public static RolePlan Create(RoleDeclarations declared, RoleState current, Scopes.ScopeEngine engine)
    {
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(engine);
        return new RoleReconciliation(declared, current, engine).Plan();
    }
}
