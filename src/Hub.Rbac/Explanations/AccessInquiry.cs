using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Explanations;

/// <summary>
/// One question and its account. A decision is the sum of what single scopes of single grants allow: a filter covers an entity by one
/// of its values, and intersecting with a token's scopes works value by value, too. So each scope can be asked alone.
/// </summary>
internal sealed class AccessInquiry(RbacWorld world, ScopeOwner who, TokenGrant? token, Scope scope, Resource? resource)
{
    private readonly ScopeEngine engine = world.Engine;
    private readonly MembershipSnapshot membership = world.Membership;

    public static bool Allows(PermissionSet permissions, Scope scope, Resource? resource, MembershipSnapshot membership) =>
        resource is { } entity ? permissions.Allows(scope, entity, membership) : permissions.Allows(scope);

    public Explanation Explain()
    {
        var owned = world.PermissionsOf(who);
        if (Allows(Through(owned)))
        {
            return new(who, scope, resource) { Grants = Account(set => Allows(Through(set)), withToken: true) };
        }

        if (Allows(owned))
        {
            return Deny(DenialReason.TokenCeiling, owned, Account(Allows, withToken: false));
        }

        var elsewhere = Account(set => set.Holds(scope), withToken: false);
        return Deny(elsewhere.Count > 0 ? DenialReason.FilteredElsewhere : DenialReason.NotGranted, owned, elsewhere);
    }

    private bool Allows(PermissionSet permissions) => Allows(permissions, scope, resource, membership);

    private PermissionSet Through(PermissionSet owned) => token is null ? owned : engine.ForToken(token.Scopes, who, token.Client, owned, membership);

    private Explanation Deny(DenialReason reason, PermissionSet owned, IReadOnlyList<ExplainedGrant> grants)
    {
        var enough = Candidates().Where(candidate => Allows(Through(With(owned, candidate)))).ToArray();
        var tokenLacks = token is not null && enough.Length == 0;
        return new(who, scope, resource)
        {
            Denial = reason,
            Grants = grants,
            TokenLacksScope = tokenLacks,
            Nearest = tokenLacks ? Candidates().Where(candidate => Allows(ThroughWider(With(owned, candidate), candidate))).ToArray() : enough,
        };
    }

    private PermissionSet With(PermissionSet owned, string candidate) => engine.Union(owned, engine.Expand([candidate]));

    private PermissionSet ThroughWider(PermissionSet owned, string candidate) =>
        engine.ForToken([.. token!.Scopes, candidate], who, token.Client, owned, membership);

    /// <summary>Scope strings that cover the entity, the narrowest first; not each of them survives expansion.</summary>
    private IEnumerable<string> Candidates()
    {
        if (resource is { } entity)
        {
            var value = entity.Kind == ResourceKind.Server ? $"{entity.Name}/{entity.ServerName}" : entity.Name;
            yield return $"{scope}!{FilterKinds.NameOf(entity.Kind)}={value}";
            if (entity.Kind == ResourceKind.Server)
            {
                yield return $"{scope}!user={entity.Name}";
            }

            if (entity.Kind is ResourceKind.User or ResourceKind.Server)
            {
                foreach (var group in membership.GroupsOf(entity.Name))
                {
                    yield return $"{scope}!group={group}";
                }
            }
        }

        yield return scope.Name;
    }

    private List<ExplainedGrant> Account(Func<PermissionSet, bool> counts, bool withToken)
    {
        var accounts = new List<ExplainedGrant>();
        foreach (var grant in world.GrantsOf(who))
        {
            ExplainedGrant? shortest = null;
            foreach (var declared in world.ScopesOf(grant))
            {
                var given = world.Expand(grant, [declared], who);
                if (counts(given) && Describe(grant, declared, given, withToken) is var account && (shortest is null || account.Path.Count < shortest.Path.Count))
                {
                    shortest = account;
                }
            }

            if (shortest is not null)
            {
                accounts.Add(shortest);
            }
        }

        return accounts;
    }

    private ExplainedGrant Describe(Grant grant, string declared, PermissionSet given, bool withToken)
    {
        var path = ScopePaths.Shortest(engine.Catalog, engine.Catalog.Parse(declared).Scope, scope);
        var (match, group) = Match((withToken ? Through(given) : given).FiltersOf(scope));
        return new(grant, declared, path, match) { MatchedGroup = group, TokenScope = withToken ? PassedOnBy(given) : null };
    }

    private (FilterMatch Match, string? Group) Match(ScopeFilters filters)
    {
        if (filters.IsUnrestricted)
        {
            return (FilterMatch.Unfiltered, null);
        }

        if (resource is not { } entity || !filters.Covers(entity, membership))
        {
            return (FilterMatch.Elsewhere, null);
        }

        var group = entity.Kind is ResourceKind.User or ResourceKind.Server
            ? membership.GroupsOf(entity.Name).FirstOrDefault(name => filters.NamesOf(ResourceKind.Group).Contains(name))
            : null;
        var named = filters.Covers(entity, MembershipSnapshot.Empty);
        if (!named)
        {
            return (FilterMatch.Member, group);
        }

        var byOwner = entity.Kind == ResourceKind.Server && !filters.NamesOf(ResourceKind.Server).Contains($"{entity.Name}/{entity.ServerName}");
        return (byOwner ? FilterMatch.Owner : FilterMatch.Name, null);
    }

    private string? PassedOnBy(PermissionSet given) => token?.Scopes.FirstOrDefault(stored =>
        Allows(engine.ForToken([stored], who, token.Client, given, membership)) && !Allows(engine.ForToken([], who, token.Client, given, membership)));
}
