namespace JupyterHub.Client.Models;

/// <summary>A code that gives access to a server, without its clear text.</summary>
public sealed record HubShareCode
{
    /// <summary>Its id, such as <c>sc_3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The server.</summary>
    public SharedServer? Server { get; init; }

    /// <summary>What it grants, with filters.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How often it was used.</summary>
    public int ExchangeCount { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastExchangedAt { get; init; }
}
