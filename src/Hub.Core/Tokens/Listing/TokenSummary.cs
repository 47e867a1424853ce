namespace JupyterHub.Core.Tokens.Listing;

/// <summary>A token as a listing shows it: nothing by which it could be guessed or told from another.</summary>
/// <param name="Id">Number of its row.</param>
/// <param name="Owner">The user or service that it belongs to.</param>
/// <param name="IsUsers">True if the owner is a user.</param>
internal sealed record TokenSummary(int Id, string Owner, bool IsUsers)
{
    public string? Note { get; init; }

    /// <summary>The scopes as they are stored: <c>inherit</c> gives whatever its owner may do.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The OAuth client that obtained it; null for one that the hub issued itself.</summary>
    public string? ClientId { get; init; }

    /// <summary>What people call that client.</summary>
    public string? ClientName { get; init; }

    public DateTime? Created { get; init; }

    public DateTime? LastUse { get; init; }

    public DateTime? Expires { get; init; }

    /// <summary>A server was given it when it was started.</summary>
    public bool IsServers => ClientId is null && Note?.StartsWith("Server at ", StringComparison.Ordinal) == true;
}
