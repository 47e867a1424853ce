namespace JupyterHub.Core.Roles;

/// <summary>A row of <c>user_role_map</c>: one role held by one user.</summary>
internal sealed class UserRole
{
    public int UserId { get; set; }
    public int RoleId { get; set; }
    public bool ManagedByAuth { get; set; }
    public HubRole? Role { get; set; }

    /// <summary>Null for an assignment of the configuration.</summary>
    public UserRoleOrigin? Origin { get; set; }
}
