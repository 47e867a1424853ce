namespace JupyterHub.Client.Models;

/// <summary>What one user or service would gain and lose.</summary>
public sealed record RolePreviewChange
{
    /// <summary><c>user</c> or <c>service</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Scopes that would come.</summary>
    public IReadOnlyList<string>? Gained { get; init; }

    /// <summary>Scopes that would go.</summary>
    public IReadOnlyList<string>? Lost { get; init; }

    /// <summary>False if there are more than listed.</summary>
    public bool Complete { get; init; }
}
