namespace JupyterHub.Core.Roles.Changes;

/// <summary>Changes what is given of a role.</summary>
internal sealed record ChangeRole(string Role) : RoleRequest(Role)
{
    public bool HasDescription { get; init; }

    public string? Description { get; init; }

    /// <summary>Null to leave them as they are.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    public bool HasExpiry { get; init; }

    /// <summary>Null for never.</summary>
    public DateTime? ExpiresAt { get; init; }
}
