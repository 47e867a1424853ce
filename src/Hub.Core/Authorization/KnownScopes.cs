using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Authorization;

/// <summary>A stored scope that this hub does not define gives nothing; it must not keep its holder from what the others give.</summary>
internal static class KnownScopes
{
    public static List<string> Of(ScopeEngine engine, IEnumerable<string> scopes) =>
        [.. scopes.Distinct(StringComparer.Ordinal).Where(scope => engine.Catalog.TryParse(scope, out _, out _))];
}
