namespace JupyterHub.Core.Groups;

/// <summary>A role that a group holds.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Origin">Where the assignment comes from, one of <see cref="Roles.RoleOrigins"/>.</param>
/// <param name="Creator">Who gave it; null where that is not known.</param>
/// <param name="ExpiresAt">When the role or the assignment ends, whichever comes first; null for never.</param>
internal sealed record HeldGroupRole(string Role, string Origin, string? Creator, DateTime? ExpiresAt);
