namespace JupyterHub.Core.Roles;

/// <summary>A row of <c>hub_service_role_origins</c>: where the assignment of a role to a service comes from and how long it holds.</summary>
internal sealed class ServiceRoleOrigin
{
    public int ServiceId { get; set; }
    public int RoleId { get; set; }

    /// <summary>One of <see cref="RoleOrigins"/>.</summary>
    public required string Origin { get; set; }

    /// <summary>Who gave it, as <c>user ada</c> or <c>service culler</c>.</summary>
    public string? Creator { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>From then on the assignment gives nothing.</summary>
    public DateTime? ExpiresAt { get; set; }
}
