namespace JupyterHub.Core.Roles.Changes;

/// <summary>A role as it is before a change, or as it would be afterwards.</summary>
/// <param name="Scopes">Raw scopes.</param>
/// <param name="ExpiresAt">When the role ends; null for never.</param>
/// <param name="Holders">Who holds it, expired assignments left out.</param>
internal sealed record RoleVersion(IReadOnlyList<string> Scopes, DateTime? ExpiresAt, IReadOnlyList<RoleHolding> Holders);
