namespace JupyterHub.Client.Models;

/// <summary>A new token; its clear text is shown only once.</summary>
public sealed record CreatedToken
{
    /// <summary>The clear text.</summary>
    public required string Token { get; init; }

    /// <summary>Its id, such as <c>a12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it may do, expanded.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it is for.</summary>
    public string? Note { get; init; }

    /// <summary>Names the id, never the clear text.</summary>
    public override string ToString() => $"CreatedToken {{ Id = {Id} }}";
}
