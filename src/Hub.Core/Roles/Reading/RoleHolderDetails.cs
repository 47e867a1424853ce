namespace JupyterHub.Core.Roles.Reading;

/// <summary>An assignment as a reader sees it.</summary>
/// <param name="Name">The holder's name.</param>
/// <param name="Origin">One of <see cref="RoleOrigins"/>.</param>
/// <param name="Creator">Who gave it; null where that is not known.</param>
/// <param name="CreatedAt">When it was given; null where that is not known.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
internal sealed record RoleHolderDetails(string Name, string Origin, string? Creator, DateTime? CreatedAt, DateTime? ExpiresAt);
