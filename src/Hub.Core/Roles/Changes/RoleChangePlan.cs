using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>A change of one role as it would happen in the database as it stands.</summary>
/// <param name="Request">What was asked for.</param>
internal sealed record RoleChangePlan(RoleRequest Request)
{
    /// <summary>The role's row; null for a new one.</summary>
    public HubRole? Row { get; init; }

    /// <summary>Null if the role is new.</summary>
    public RoleVersion? Before { get; init; }

    /// <summary>Null if the role goes.</summary>
    public RoleVersion? After { get; init; }

    /// <summary>Whom the request names, with their rows' ids; null where there is nobody of that name.</summary>
    public IReadOnlyDictionary<ScopeOwner, int?> Named { get; init; } = new Dictionary<ScopeOwner, int?>();

    /// <summary>The assignment that the request names, if there is one.</summary>
    public StoredHolding? Holding { get; init; }

    /// <summary>True if there are more holders than are looked at one by one.</summary>
    public bool HasUncountedHolders { get; init; }
}
