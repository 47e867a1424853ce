namespace JupyterHub.AspNetCore.Pages.Admin.Tokens;

/// <summary>A token as the administration shows it: never the token itself, nor anything by which it could be guessed.</summary>
internal sealed record TokenRow
{
    /// <summary>The number that the API knows it by: <c>a17</c>.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required bool IsUsers { get; init; }

    /// <summary>The owner's page in the administration; null for a service.</summary>
    public string? OwnerUrl { get; init; }

    public string? Note { get; init; }

    public required string Kind { get; init; }

    /// <summary>The scopes in one line, shortened.</summary>
    public required string Summary { get; init; }

    /// <summary>All scopes; empty where the line says everything.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTime? Created { get; init; }

    public DateTime? LastUse { get; init; }

    public DateTime? Expires { get; init; }

    /// <summary>Null if the viewer may not revoke it.</summary>
    public string? RevokeAction { get; init; }
}
