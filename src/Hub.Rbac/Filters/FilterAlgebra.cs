using System.Numerics;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Filters;

/// <summary>Union, difference and intersection of the filters of one scope. Returns a side itself where that is the answer, so that equal filters stay shared.</summary>
internal static class FilterAlgebra
{
    /// <summary>Names that fit in a word of marks.</summary>
    private const int Few = 64;

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

        return first.Count <= Few && second.Count <= Few
            ? IntersectFew(first, second, membership)
            : IntersectMany(first, second, membership);
    }

    /// <summary>Marks what is common in one word a side, so that nothing is built where one side is the answer, or nobody is left.</summary>
    private static ScopeFilters IntersectFew(ScopeFilters first, ScopeFilters second, MembershipSnapshot membership)
    {
        var fromFirst = Covered(first, second, common: true, membership);
        var fromSecond = CanCover(first) ? Covered(second, first, common: false, membership) : 0;
        if ((fromFirst | fromSecond) == 0)
        {
            return ScopeFilters.None;
        }

        if (fromSecond == 0 && BitOperations.PopCount(fromFirst) == first.Count)
        {
            return first;
        }

        if (fromFirst == 0 && BitOperations.PopCount(fromSecond) == second.Count)
        {
            return second;
        }

        var builder = new FilterBuilder();
        Add(builder, first, fromFirst);
        Add(builder, second, fromSecond);
        return builder.Build();
    }

    private static ScopeFilters IntersectMany(ScopeFilters first, ScopeFilters second, MembershipSnapshot membership)
    {
        var builder = new FilterBuilder();
        var fromFirst = AddCovered(builder, first, second, common: true, membership);
        var fromSecond = CanCover(first) ? AddCovered(builder, second, first, common: false, membership) : 0;
        return fromFirst + fromSecond == 0 ? ScopeFilters.None : fromSecond == 0 && fromFirst == first.Count ? first : builder.Build();
    }

    /// <summary>True if the filters can cover more than the names they have.</summary>
    private static bool CanCover(ScopeFilters filters) =>
        filters.NamesOf(ResourceKind.User).Count > 0 || filters.NamesOf(ResourceKind.Group).Count > 0;

    /// <summary>One bit for each name, in order of kinds, that the other side covers; for names that stand on both sides only if asked to.</summary>
    private static ulong Covered(ScopeFilters from, ScopeFilters by, bool common, MembershipSnapshot membership)
    {
        var covered = 0UL;
        var bit = 1UL;
        foreach (var kind in FilterKinds.All)
        {
            var others = by.NamesOf(kind);
            foreach (var name in from.NamesOf(kind).Span)
            {
                if (others.Contains(name) ? common : IsBelow(kind, name, by, membership))
                {
                    covered |= bit;
                }

                bit <<= 1;
            }
        }

        return covered;
    }

    private static void Add(FilterBuilder result, ScopeFilters from, ulong chosen)
    {
        foreach (var kind in chosen == 0 ? [] : FilterKinds.All)
        {
            foreach (var name in from.NamesOf(kind).Span)
            {
                if ((chosen & 1) != 0)
                {
                    result.Add(kind, name);
                }

                chosen >>= 1;
            }
        }
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
