namespace JupyterHub.Client.Models;

/// <summary>A role to make.</summary>
public sealed record NewRole
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it gives.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Users who get it at once.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Groups that get it at once.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Services that get it at once.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
