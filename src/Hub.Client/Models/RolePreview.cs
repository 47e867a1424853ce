namespace JupyterHub.Client.Models;

/// <summary>What a change of a role would do.</summary>
public sealed record RolePreview
{
    /// <summary>True if the caller could make the change.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Why not; null if allowed.</summary>
    public string? Refusal { get; init; }

    /// <summary>Scopes that the caller lacks for it.</summary>
    public IReadOnlyList<string>? RequiredScopes { get; init; }

    /// <summary>What everybody concerned would gain and lose.</summary>
    public IReadOnlyList<RolePreviewChange>? Changes { get; init; }

    /// <summary>False if there are more who are concerned.</summary>
    public bool Complete { get; init; }
}
