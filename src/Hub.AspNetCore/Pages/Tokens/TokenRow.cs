namespace JupyterHub.AspNetCore.Pages.Tokens;

/// <summary>A token of the visitor's as its list shows it.</summary>
internal sealed record TokenRow
{
    /// <summary>The public id.</summary>
    public required string Id { get; init; }

    /// <summary>What its owner noted.</summary>
    public required string Note { get; init; }

    public DateTime? Created { get; init; }

    public DateTime? LastUsed { get; init; }

    /// <summary>Null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    public required GivenScopes Gives { get; init; }
}
