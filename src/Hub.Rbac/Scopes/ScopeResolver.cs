using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>One resolution of requested scopes (contract 4.6). Scopes are taken in order of code points, so that the answer does not depend on the request's order.</summary>
internal sealed class ScopeResolver(ScopeEngine engine, ScopeOwner? owner, ScopeClient? client, MembershipSnapshot membership)
{
    private readonly SortedSet<string> allowed = new(CodePointOrder.Instance);
    private readonly SortedSet<string> refused = new(CodePointOrder.Instance);

    public ScopeResolution Resolve(IEnumerable<string> requested, IReadOnlyCollection<string> held)
    {
        var heldWords = new HashSet<string>(held, StringComparer.Ordinal);
        foreach (var scope in requested)
        {
            (heldWords.Contains(scope) ? allowed : refused).Add(scope);
        }

        if (refused.Count > 0)
        {
            var heldPermissions = engine.Expand(heldWords, owner, client);
            foreach (var scope in refused.ToArray())
            {
                Consider(scope, heldPermissions);
            }
        }

        return new(allowed.ToArray(), refused.ToArray());
    }

    private void Consider(string scope, PermissionSet held)
    {
        var wanted = PermissionAlgebra.Except(engine.Catalog, engine.Expand([scope], owner, client), engine.Expand(allowed, owner, client));
        var common = engine.Intersect(wanted, held, membership);
        if (common.Equals(wanted))
        {
            refused.Remove(scope);
            allowed.Add(scope);
        }
        else
        {
            allowed.UnionWith(common.ToScopes());
        }
    }
}
