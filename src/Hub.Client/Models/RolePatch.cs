namespace JupyterHub.Client.Models;

/// <summary>Changes of a role; null members stay as they are.</summary>
public sealed record RolePatch
{
    /// <summary>The new description.</summary>
    public string? Description { get; init; }

    /// <summary>What it gives from now on.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When it ends from now on.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
