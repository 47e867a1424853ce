using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>What a role can give at most, which is what somebody has to hold who gives it.</summary>
public static class RoleCeiling
{
    private const string Inherit = "inherit";
    private const string NoScope = "(no_scope)";

    /// <summary>Everything that a role gives to a holder, now or later.</summary>
    /// <param name="engine">Knows which scopes exist.</param>
    /// <param name="scopes">The role's raw scopes. <c>inherit</c> and <c>(no_scope)</c> give nothing.</param>
    /// <param name="holder">
    /// For a user or service <c>self</c> and the short filters mean that one; for a group they mean whoever is a member at any time, so the
    /// group itself; null is somebody whom nobody knows yet, so everybody.
    /// </param>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public static PermissionSet Of(ScopeEngine engine, IEnumerable<string> scopes, ScopeOwner? holder)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(scopes);
        var given = scopes.Where(scope => NameOf(scope) is not (Inherit or NoScope));
        return holder is { Kind: not ResourceKind.Group } owner ? engine.Expand(given, owner) : ForMany(engine.Catalog, given, holder?.Name);
    }

    /// <summary>What is wanted and not held; empty if whoever holds the second set may give the first.</summary>
    /// <param name="engine">Knows which scopes exist.</param>
    /// <param name="wanted">What is to be given.</param>
    /// <param name="held">What the giver holds.</param>
    /// <param name="membership">Who is in which group: a user or server is held also by a group filter that covers it.</param>
    public static PermissionSet Beyond(ScopeEngine engine, PermissionSet wanted, PermissionSet held, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(membership);
        return PermissionAlgebra.Uncovered(engine.Catalog, wanted, held, membership);
    }

    /// <summary>True if a raw scope is <c>inherit</c>, which means something in tokens only.</summary>
    public static bool IsInherit(string scope) => NameOf(scope) is Inherit;

    private static PermissionSet ForMany(ScopeCatalog catalog, IEnumerable<string> scopes, string? group)
    {
        var builder = new PermissionSetBuilder(catalog);
        foreach (var text in scopes)
        {
            var scope = catalog.Parse(text);
            if (scope is { Filter: null } && ReferenceEquals(scope.Scope, catalog.Self))
            {
                AddForMany(builder, catalog.SelfClosure, group);
            }
            else if (scope.Filter is not { } kind)
            {
                builder.Add(scope.Scope.Closure);
            }
            else if (scope.Value is { } value)
            {
                builder.Add(kind == ResourceKind.Server ? scope.Scope.ServerClosure : scope.Scope.Closure, kind, value, value);
            }
            else if (group is null || kind == ResourceKind.User)
            {
                // The members of a group are users: they are no service, and a role is not issued to a server.
                AddForMany(builder, scope.Scope.Closure, group);
            }
        }

        return builder.Build();
    }

    private static void AddForMany(PermissionSetBuilder builder, in ScopeBits scopes, string? group)
    {
        if (group is null)
        {
            builder.Add(scopes);
        }
        else
        {
            builder.Add(scopes, ResourceKind.Group, group, group);
        }
    }

    private static string NameOf(string scope)
    {
        var mark = scope.IndexOf('!', StringComparison.Ordinal);
        return mark < 0 ? scope : scope[..mark];
    }
}
