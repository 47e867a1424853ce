namespace JupyterHub.Client.Models;

/// <summary>A role. A member is null when the caller may not read it.</summary>
public sealed record HubRole
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from: <c>config</c>, <c>api</c> or <c>authenticator</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it gives, as declared.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Who made it: <c>user ada</c>.</summary>
    public string? Creator { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Users who hold it, as far as the answer goes; null in listings.</summary>
    public IReadOnlyList<RoleHolder>? Users { get; init; }

    /// <summary>Groups that hold it, as far as the answer goes; null in listings.</summary>
    public IReadOnlyList<RoleHolder>? Groups { get; init; }

    /// <summary>Services that hold it, as far as the answer goes; null in listings.</summary>
    public IReadOnlyList<RoleHolder>? Services { get; init; }

    /// <summary>How many hold it; null in listings.</summary>
    public RoleTotals? Total { get; init; }
}
