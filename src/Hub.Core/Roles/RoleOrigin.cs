namespace JupyterHub.Core.Roles;

/// <summary>A row of <c>hub_role_origins</c>: where a role comes from and how long it holds.</summary>
internal sealed class RoleOrigin
{
    public int RoleId { get; set; }

    /// <summary>One of <see cref="RoleOrigins"/>.</summary>
    public required string Origin { get; set; }

    /// <summary>Who made it, as <c>user ada</c> or <c>service culler</c>.</summary>
    public string? Creator { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>From then on the role gives nothing.</summary>
    public DateTime? ExpiresAt { get; set; }
}
