namespace JupyterHub.Core.Roles;

/// <summary>A row of <c>roles</c>.</summary>
internal sealed class HubRole
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public string? Description { get; set; }

    /// <summary>Raw scopes as they were declared; short filters (<c>!user</c>) are resolved for each holder.</summary>
    public List<string> Scopes { get; set; } = [];

    public bool ManagedByAuth { get; set; }

    /// <summary>Null for a role of the configuration.</summary>
    public RoleOrigin? Origin { get; set; }
}
