namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>One user as the viewer may see them.</summary>
internal sealed record UserRow
{
    public required string Name { get; init; }

    /// <summary>The user's own page in the administration.</summary>
    public required string Url { get; init; }

    public bool IsAdmin { get; init; }

    public bool IsViewer { get; init; }

    public bool ShowsCreated { get; init; }

    public DateTime? Created { get; init; }

    public bool ShowsLastActivity { get; init; }

    public DateTime? LastActivity { get; init; }

    /// <summary>Null if the viewer may not know.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    public required AdminServerView Default { get; init; }

    /// <summary>The named servers that the viewer may see, by name.</summary>
    public IReadOnlyList<AdminServerView> Named { get; init; } = [];

    public int ActiveNamed => Named.Count(server => server.IsActive);
}
