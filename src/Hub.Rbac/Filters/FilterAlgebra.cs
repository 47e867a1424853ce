using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Filters;

/// <summary>Union, difference and intersection of the filters of one scope. Returns a side itself where that is the answer, so that equal filters stay shared.</summary>
internal static class FilterAlgebra
{
    public static ScopeFilters Union(ScopeFilters first, ScopeFilters second)
    {
        if (first.Equals(second))
        {
            return first;
        }

        var builder = new FilterBuilder();
        builder.Add(first);
        builder.Add(second);
        return builder.Build();
    }

    /// <summary>The filters of the first that the second does not spell out, whatever it covers.</summary>
    public static ScopeFilters Except(ScopeFilters first, ScopeFilters second)
    {
        if (second.IsNone || first.Equals(second))
        {
            return second.IsNone ? first : ScopeFilters.None;
        }

        var builder = new FilterBuilder();
        foreach (var kind in FilterKinds.All)
        {
            foreach (var name in first.NamesOf(kind).Span)
            {
                if (!second.NamesOf(kind).Contains(name))
                {
                    builder.Add(kind, name);
                }
            }
        }

        return builder.Build();
    }

    /// <summary>
    /// What both cover (contract 4.5): common names, servers whose owner the other side covers, users in a group of the other side.
    /// Two groups have nothing in common unless they are the same, whoever is in both.
    /// </summary>
    public static ScopeFilters Intersect(ScopeFilters first, ScopeFilters second, MembershipSnapshot membership)
    {
        if (first.Equals(second))
        {
            return first;
        }

        var builder = new FilterBuilder();
        var fromFirst = AddCovered(builder, first, second, common: true, membership);
        var fromSecond = AddCovered(builder, second, first, common: false, membership);
        return (fromFirst, fromSecond) switch
        {
            (0, 0) => ScopeFilters.None,
            (_, 0) when fromFirst == first.Count => first,
            _ => builder.Build(),
        };
    }

    /// <summary>Adds what the other side covers; names that stand on both sides only if asked to.</summary>
    private static int AddCovered(FilterBuilder result, ScopeFilters from, ScopeFilters by, bool common, MembershipSnapshot membership)
    {
        var added = 0;
        foreach (var kind in FilterKinds.All)
        {
            var others = by.NamesOf(kind);
            foreach (var name in from.NamesOf(kind).Span)
            {
                if (others.Contains(name) ? common : IsBelow(kind, name, by, membership))
                {
                    result.Add(kind, name);
                    added++;
                }
            }
        }

        return added;
    }

    private static bool IsBelow(ResourceKind kind, string name, ScopeFilters by, MembershipSnapshot membership)
    {
        if (kind == ResourceKind.User)
        {
            return by.CoversMember(name, membership);
        }

        var owner = ServerSet.OwnerOf(name);
        return kind == ResourceKind.Server && (by.NamesOf(ResourceKind.User).Contains(owner) || by.CoversMember(owner, membership));
    }
}
