using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>One of the visitor's own servers as a row of the home page, with what may be done to it now.</summary>
internal sealed record HomeServer
{
    /// <summary>Empty for the default server.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required ServerView View { get; init; }

    /// <summary>What the page compares to see that something has changed.</summary>
    public required string Mark { get; init; }

    /// <summary>The options that it was started with last, or will be next.</summary>
    public IReadOnlyList<ShortOption> Options { get; init; } = [];

    /// <summary>Options beyond those shown.</summary>
    public int MoreOptions { get; init; }

    public bool MayOpen { get; init; }

    public bool MayStart { get; init; }

    public bool MayWatch { get; init; }

    public bool MayStop { get; init; }

    public bool MayDelete { get; init; }

    /// <summary>Where it is shared with others; null for whom there is nothing to share there.</summary>
    public string? ShareUrl { get; init; }

    public bool MayRename { get; init; }

    public bool IsDefault => Name.Length == 0;

    /// <summary>Its name is from before JupyterHub 6, and no new server may be called so.</summary>
    public bool HasOldName => !IsDefault && !ServerNames.IsValid(Name);
}
