using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Permissions;

/// <summary>Collects grants and compiles them. Scopes that end with the same filters share one object.</summary>
internal sealed class PermissionSetBuilder(ScopeCatalog catalog)
{
    private readonly List<Grant> grants = [];
    private ScopeBits unfiltered;
    private ScopeBits filtered;

    public void Add(in ScopeBits scopes) => unfiltered = unfiltered.Or(scopes);

    public void Add(in ScopeBits scopes, ResourceKind kind, string value)
    {
        if (!scopes.IsEmpty)
        {
            FiltersFor(scopes).Add(kind, value);
        }
    }

    public PermissionSet Build()
    {
        var held = filtered.Except(unfiltered);
        if (held.IsEmpty)
        {
            return new(catalog, unfiltered, default, null);
        }

        var filters = new ScopeFilters?[catalog.Scopes.Count];
        foreach (var part in Partition(held))
        {
            var shared = part.Combine();
            for (var id = part.Scopes.Next(0); id >= 0; id = part.Scopes.Next(id + 1))
            {
                filters[id] = shared;
            }
        }

        return new(catalog, unfiltered, held, filters);
    }

    private FilterBuilder FiltersFor(in ScopeBits scopes)
    {
        foreach (var grant in grants)
        {
            if (grant.Scopes.Equals(scopes))
            {
                return grant.Filters;
            }
        }

        filtered = filtered.Or(scopes);
        var added = new Grant(scopes);
        grants.Add(added);
        return added.Filters;
    }

    /// <summary>Splits the scopes into parts whose members have exactly the same grants.</summary>
    private List<Part> Partition(in ScopeBits held)
    {
        var parts = new List<Part> { new(held, []) };
        foreach (var grant in grants)
        {
            for (var i = parts.Count - 1; i >= 0; i--)
            {
                var part = parts[i];
                var inside = part.Scopes.And(grant.Scopes);
                var outside = part.Scopes.Except(grant.Scopes);
                if (inside.IsEmpty)
                {
                    continue;
                }

                parts[i] = new(inside, [.. part.Grants, grant]);
                if (!outside.IsEmpty)
                {
                    parts.Add(new(outside, part.Grants));
                }
            }
        }

        return parts;
    }

    private sealed class Grant(ScopeBits scopes)
    {
        private ScopeFilters? built;

        public ScopeBits Scopes { get; } = scopes;

        public FilterBuilder Filters { get; } = new();

        public ScopeFilters Built => built ??= Filters.Build();
    }

    private readonly record struct Part(ScopeBits Scopes, Grant[] Grants)
    {
        public ScopeFilters Combine()
        {
            if (Grants.Length == 1)
            {
                return Grants[0].Built;
            }

            var combined = new FilterBuilder();
            foreach (var grant in Grants)
            {
                combined.Add(grant.Built);
            }

            return combined.Build();
        }
    }
}
