namespace JupyterHub.Core.Roles.Changes;

/// <summary>An assignment as it is stored.</summary>
/// <param name="Origin">One of <see cref="RoleOrigins"/>.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="IsLive">False if it has ended and only its row is left.</param>
internal sealed record StoredHolding(string Origin, DateTime? ExpiresAt, bool IsLive);
