namespace JupyterHub.Core.Shares;

/// <summary>A share as it is shown: one of <paramref name="User"/> and <paramref name="Group"/> is set.</summary>
internal sealed record ShareDetails(ServerName Server, IReadOnlyList<string> Scopes, string? User, string? Group, DateTime CreatedAt);
