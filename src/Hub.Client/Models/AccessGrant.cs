namespace JupyterHub.Client.Models;

/// <summary>One way in which somebody got a permission.</summary>
public sealed record AccessGrant
{
    /// <summary><c>role</c> or <c>share</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The role, if it is one.</summary>
    public string? Role { get; init; }

    /// <summary>The shared server as <c>owner/name</c>, if it is a share.</summary>
    public string? Server { get; init; }

    /// <summary>Who holds the role or share: the one asked about or a group of theirs.</summary>
    public HubPrincipal? Holder { get; init; }

    /// <summary>The scope as the role or share declares it.</summary>
    public string? Scope { get; init; }

    /// <summary>The way from that scope to the one asked about.</summary>
    public IReadOnlyList<string>? Path { get; init; }

    /// <summary>How its filter covers the entity.</summary>
    public string? Match { get; init; }

    /// <summary>The group whose membership made the match.</summary>
    public string? MatchedGroup { get; init; }

    /// <summary>The token's own scope that lets it through.</summary>
    public string? TokenScope { get; init; }
}
