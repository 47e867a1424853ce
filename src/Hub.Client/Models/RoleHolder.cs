namespace JupyterHub.Client.Models;

/// <summary>A user, group or service that holds a role.</summary>
public sealed record RoleHolder
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the assignment comes from: <c>config</c>, <c>api</c> or <c>authenticator</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>Who made it: <c>user ada</c>.</summary>
    public string? Creator { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
