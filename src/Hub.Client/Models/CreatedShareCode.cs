namespace JupyterHub.Client.Models;

/// <summary>A new share code; its clear text is shown only once.</summary>
public sealed record CreatedShareCode
{
    /// <summary>The clear text.</summary>
    public required string Code { get; init; }

    /// <summary>Its id, such as <c>sc_3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Path of the page that accepts it; holds the clear text.</summary>
    public string? AcceptUrl { get; init; }

    /// <summary>The same as a whole address, where the hub knows its own.</summary>
    public string? FullAcceptUrl { get; init; }

    /// <summary>What it grants, with filters.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Names the id, never the clear text.</summary>
    public override string ToString() => $"CreatedShareCode {{ Id = {Id} }}";
}
