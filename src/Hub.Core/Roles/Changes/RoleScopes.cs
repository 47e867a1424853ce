using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Scopes that a request wants in a role: those that exist, each once, in the form that every version of the hub reads.</summary>
internal static class RoleScopes
{
    /// <exception cref="RoleChangeException">One does not exist, or means nothing in a role.</exception>
    public static IReadOnlyList<string> Check(ScopeEngine engine, IReadOnlyList<string> scopes)
    {
        var checkedScopes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in scopes)
        {
            if (!engine.Catalog.TryParse(text, out var scope, out var error))
            {
                throw RoleChangeException.Invalid(error.Message);
            }

            if (RoleCeiling.IsInherit(text))
            {
                throw RoleChangeException.Invalid("'inherit' means the owner of a token; a role made here cannot hold it. Name the scopes instead.");
            }

            checkedScopes.Add(scope.ToString());
        }

        return [.. checkedScopes];
    }
}
