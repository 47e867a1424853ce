namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>A form that has to be corrected: what was typed, and what is wrong with it.</summary>
internal sealed record SharingAttempt
{
    /// <summary>The status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>True for the form of links, false for the one of people and groups.</summary>
    public bool IsLink { get; init; }

    public bool IsGroup { get; init; }

    public string Name { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public LinkLifetime Lifetime { get; init; } = LinkLifetime.Default;

    public string? NameError { get; init; }

    public string? ScopesError { get; init; }

    public string? LifetimeError { get; init; }
}
