using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Filters;

/// <summary>Union, difference and intersection of the filters of one scope.</summary>
internal static class FilterAlgebra
{
    private static readonly ResourceKind[] Kinds = Enum.GetValues<ResourceKind>();

    public static ScopeFilters Union(ScopeFilters first, ScopeFilters second)
    {
        if (ReferenceEquals(first, second))
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
        var builder = new FilterBuilder();
        foreach (var kind in Kinds)
        {
            foreach (var name in first.NamesOf(kind))
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
        if (ReferenceEquals(first, second))
        {
            return first;
        }

        var builder = new FilterBuilder();
        AddCovered(builder, first, second, membership);
        AddCovered(builder, second, first, membership);
        return builder.Build();
    }

    private static void AddCovered(FilterBuilder result, ScopeFilters from, ScopeFilters by, MembershipSnapshot membership)
    {
        foreach (var user in from.NamesOf(ResourceKind.User))
        {
            if (CoversUser(by, user, membership))
            {
                result.Add(ResourceKind.User, user);
            }
        }

        foreach (var server in from.NamesOf(ResourceKind.Server))
        {
            if (by.NamesOf(ResourceKind.Server).Contains(server) || CoversUser(by, ServerSet.OwnerOf(server), membership))
            {
                result.Add(ResourceKind.Server, server);
            }
        }

        AddCommon(result, from, by, ResourceKind.Service);
        AddCommon(result, from, by, ResourceKind.Group);
    }

    private static bool CoversUser(ScopeFilters filters, ReadOnlySpan<char> user, MembershipSnapshot membership) =>
        filters.NamesOf(ResourceKind.User).Contains(user) || filters.CoversMember(user, membership);

    private static void AddCommon(FilterBuilder result, ScopeFilters from, ScopeFilters by, ResourceKind kind)
    {
        foreach (var name in from.NamesOf(kind))
        {
            if (by.NamesOf(kind).Contains(name))
            {
                result.Add(kind, name);
            }
        }
    }
}
