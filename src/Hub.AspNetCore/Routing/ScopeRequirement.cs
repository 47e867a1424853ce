using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>The scopes any one of which an endpoint asks for, and the entity in its path that they must cover.</summary>
/// <param name="Scopes">Any of these suffices.</param>
/// <param name="Filter">The kind of entity that the path names; null where the scope is needed without a filter.</param>
/// <param name="IsAnyFilterEnough">True for listings: whatever the scope is filtered by, the endpoint shows what it covers.</param>
internal sealed record ScopeRequirement(IReadOnlyList<string> Scopes, ResourceKind? Filter, bool IsAnyFilterEnough = false);
