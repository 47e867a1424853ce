namespace JupyterHub.Client.Models;

/// <summary>What one user or group may do with somebody's server.</summary>
public sealed record HubShare
{
    /// <summary>The server; null in the answer of a revocation that left nothing.</summary>
    public SharedServer? Server { get; init; }

    /// <summary>What is granted, with filters.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The user whom it is shared with, if a user.</summary>
    public NamedEntity? User { get; init; }

    /// <summary>The group that it is shared with, if a group.</summary>
    public NamedEntity? Group { get; init; }

    /// <summary><c>user</c> or <c>group</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>When it was granted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
