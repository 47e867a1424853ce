namespace JupyterHub.Core.Roles.Reading;

/// <summary>A role as a reader sees it.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="Name">The role's name.</param>
/// <param name="Origin">One of <see cref="RoleOrigins"/>.</param>
internal sealed record RoleDetails(int Id, string Name, string Origin)
{
    public string? Description { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Creator { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    /// <summary>True if the reader may know more than the name.</summary>
    public bool IsReadable { get; init; }
}
