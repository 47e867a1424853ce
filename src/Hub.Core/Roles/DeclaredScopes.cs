using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles;

/// <summary>The scopes that exist in this hub: the built-in ones and those that the operator declares.</summary>
internal static class DeclaredScopes
{
    /// <exception cref="ScopeException">A declared scope breaks a rule.</exception>
    public static ScopeCatalog CreateCatalog(JupyterHubOptions hub) =>
        ScopeCatalog.BuiltIn.Extend(hub.CustomScopes.Select(scope => new CustomScope(scope.Key, scope.Value.Description, [.. scope.Value.Subscopes])));

    public static ScopeEngine CreateEngine(JupyterHubOptions hub) => hub.CustomScopes.Count == 0 ? ScopeEngine.BuiltIn : new ScopeEngine(CreateCatalog(hub));
}
