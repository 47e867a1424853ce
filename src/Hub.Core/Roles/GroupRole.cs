namespace JupyterHub.Core.Roles;

/// <summary>A row of <c>group_role_map</c>: one role held by one group.</summary>
internal sealed class GroupRole
{
    public int GroupId { get; set; }
    public int RoleId { get; set; }
    public bool ManagedByAuth { get; set; }
    public HubRole? Role { get; set; }

    /// <summary>Null for an assignment of the configuration.</summary>
    public GroupRoleOrigin? Origin { get; set; }
}
