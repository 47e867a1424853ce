namespace JupyterHub.Core.Shares;

/// <summary>Somebody who accepted an invitation.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="UsedAt">The last time.</param>
internal sealed record ShareCodeUser(string Name, DateTime UsedAt);
