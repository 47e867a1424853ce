namespace JupyterHub.Core.Roles;

/// <summary>A row of <c>service_role_map</c>: one role held by one service.</summary>
internal sealed class ServiceRole
{
    public int ServiceId { get; set; }
    public int RoleId { get; set; }
    public bool ManagedByAuth { get; set; }
    public HubRole? Role { get; set; }

    /// <summary>Null for an assignment of the configuration.</summary>
    public ServiceRoleOrigin? Origin { get; set; }
}
