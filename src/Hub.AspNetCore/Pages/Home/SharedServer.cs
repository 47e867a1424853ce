namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>A server that somebody else shares with the visitor.</summary>
internal sealed record SharedServer
{
    public required string Owner { get; init; }

    /// <summary>Empty for the default server.</summary>
    public required string Name { get; init; }

    public required ServerView View { get; init; }

    /// <summary>Groups through which it is shared.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>It is shared with the visitor as a person, who may give that up.</summary>
    public bool IsDirect { get; init; }

    public bool MayOpen { get; init; }

    public bool MayStart { get; init; }

    public bool MayLeave { get; init; }

    public required string LeaveAction { get; init; }
}
