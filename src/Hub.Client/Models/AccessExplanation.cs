namespace JupyterHub.Client.Models;

/// <summary>Why somebody may or may not do something.</summary>
public sealed record AccessExplanation
{
    /// <summary>Whom it is about.</summary>
    public HubPrincipal? Principal { get; init; }

    /// <summary>True if it is about the calling token and not about all that its owner may.</summary>
    public bool Token { get; init; }

    /// <summary>The scope that was asked about, without its filter.</summary>
    public string? Scope { get; init; }

    /// <summary>The entity that it was asked for; a server as <c>owner/name</c>. Null if asked without a filter.</summary>
    public HubPrincipal? Resource { get; init; }

    /// <summary>The answer.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Why not: <c>not_granted</c>, <c>filtered_elsewhere</c> or <c>token_ceiling</c>; null if allowed.</summary>
    public string? Denial { get; init; }

    /// <summary>Where the permission comes from, as far as the caller may know.</summary>
    public IReadOnlyList<AccessGrant>? Grants { get; init; }

    /// <summary>How many more grants there are.</summary>
    public int HiddenGrants { get; init; }

    /// <summary>Scopes of which any one would do.</summary>
    public IReadOnlyList<string>? Nearest { get; init; }

    /// <summary>True if the owner may and the token does not say so.</summary>
    public bool TokenLacksScope { get; init; }
}
