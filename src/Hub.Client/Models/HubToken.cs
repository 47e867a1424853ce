namespace JupyterHub.Client.Models;

/// <summary>An API token without its clear text.</summary>
public sealed record HubToken
{
    /// <summary>Its id, such as <c>a12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The user whom it belongs to; null for a service's.</summary>
    public string? User { get; init; }

    /// <summary>The service that it belongs to; null for a user's.</summary>
    public string? Service { get; init; }

    /// <summary>What it may do, expanded.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Its roles (hubs before 3.0).</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastActivity { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it is for.</summary>
    public string? Note { get; init; }

    /// <summary>The browser session that it was made in.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whom it was issued to.</summary>
    public string? OauthClient { get; init; }
}
