using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>A token: what it takes from its owner.</summary>
/// <param name="Owner">The user or service that it acts for.</param>
/// <param name="Scopes">Raw scopes as stored with the token.</param>
/// <param name="Client">The server or service that it was issued to; null for tokens of the hub itself.</param>
public sealed record TokenGrant(ScopeOwner Owner, IReadOnlyList<string> Scopes, ScopeClient? Client = null);
