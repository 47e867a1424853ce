namespace JupyterHub.Core.Roles.Reading;

/// <summary>A role that a user holds directly.</summary>
/// <param name="Name">The role's name.</param>
/// <param name="Origin">One of <see cref="RoleOrigins"/>.</param>
/// <param name="Creator">Who gave it; null where that is not known.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
internal sealed record HeldRole(string Name, string Origin, string? Creator, DateTime? ExpiresAt);
