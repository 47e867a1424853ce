using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Permissions;

/// <summary>Union, difference and intersection of compiled sets.</summary>
internal static class PermissionAlgebra
{
    public static PermissionSet Union(ScopeCatalog catalog, PermissionSet first, PermissionSet second)
    {
        var unfiltered = first.Unfiltered.Or(second.Unfiltered);
        var result = new FilteredScopes(catalog, first.Filtered.Or(second.Filtered).Except(unfiltered));
        return result.Build(unfiltered, first, second, static (left, right, _) =>
            left.IsNone ? right : right.IsNone ? left : FilterAlgebra.Union(left, right), MembershipSnapshot.Empty);
    }

    public static PermissionSet Intersect(ScopeCatalog catalog, PermissionSet first, PermissionSet second, MembershipSnapshot membership)
    {
        var unfiltered = first.Unfiltered.And(second.Unfiltered);
        var common = first.Unfiltered.Or(first.Filtered).And(second.Unfiltered.Or(second.Filtered));
        var result = new FilteredScopes(catalog, common.Except(unfiltered));
        return result.Build(unfiltered, first, second, static (left, right, membership) =>
            left.IsUnrestricted ? right : right.IsUnrestricted ? left : FilterAlgebra.Intersect(left, right, membership), membership);
    }

    /// <summary>The scopes that the first lists and the second does not list, word by word: a filtered scope is not part of the unfiltered one.</summary>
    public static PermissionSet Except(ScopeCatalog catalog, PermissionSet first, PermissionSet second)
    {
        var result = new FilteredScopes(catalog, first.Filtered);
        return result.Build(first.Unfiltered.Except(second.Unfiltered), first, second, static (left, right, _) =>
            FilterAlgebra.Except(left, right), MembershipSnapshot.Empty);
    }

    /// <summary>The entries of the first set that allow something which the second does not.</summary>
    public static PermissionSet Uncovered(ScopeCatalog catalog, PermissionSet first, PermissionSet second, MembershipSnapshot membership)
    {
        var builder = new PermissionSetBuilder(catalog);
        builder.Add(first.Unfiltered.Except(second.Unfiltered));
        var candidates = first.Filtered.Except(second.Unfiltered);
        for (var id = candidates.Next(0); id >= 0; id = candidates.Next(id + 1))
        {
            foreach (var kind in FilterKinds.All)
            {
                foreach (var value in first.FiltersOf(id).NamesOf(kind).Span)
                {
                    if (new FilteredScope(catalog.Scopes[id], kind, value).TryGetResource(out var resource) && !second.AllowsId(id, resource, membership))
                    {
                        builder.Add(ScopeBits.Of(id), kind, value, value);
                    }
                }
            }
        }

        return builder.Build();
    }

    /// <summary>Combines the filters of two sets scope by scope. Scopes mostly share filters, so a pair is mostly combined once.</summary>
    private readonly struct FilteredScopes(ScopeCatalog catalog, ScopeBits scopes)
    {
        // Where everything has filters of its own, looking through all pairs would cost more than it saves.
        private const int MostKnown = 8;

        public PermissionSet Build(
            in ScopeBits unfiltered,
            PermissionSet first,
            PermissionSet second,
            Func<ScopeFilters, ScopeFilters, MembershipSnapshot, ScopeFilters> combine,
            MembershipSnapshot membership)
        {
            if (scopes.IsEmpty)
            {
                return new(catalog, unfiltered, default, null);
            }

            var filters = new ScopeFilters?[catalog.Scopes.Count];
            var dropped = default(ScopeBits);
            var known = new List<Pair>();
            for (var id = scopes.Next(0); id >= 0; id = scopes.Next(id + 1))
            {
                var result = Combine(known, first.FiltersOf(id), second.FiltersOf(id), combine, membership);
                if (result.IsNone)
                {
                    dropped = dropped.Or(ScopeBits.Of(id));
                }
                else
                {
                    filters[id] = result;
                }
            }

            return new(catalog, unfiltered, scopes.Except(dropped), filters);
        }

        private static ScopeFilters Combine(
            List<Pair> known,
            ScopeFilters left,
            ScopeFilters right,
            Func<ScopeFilters, ScopeFilters, MembershipSnapshot, ScopeFilters> combine,
            MembershipSnapshot membership)
        {
            foreach (var pair in known)
            {
                if (ReferenceEquals(pair.Left, left) && ReferenceEquals(pair.Right, right))
                {
                    return pair.Result;
                }
            }

            var result = combine(left, right, membership);
            if (known.Count < MostKnown)
            {
                known.Add(new(left, right, result));
            }

            return result;
        }
    }

    private readonly record struct Pair(ScopeFilters Left, ScopeFilters Right, ScopeFilters Result);
}
