using System.Runtime.InteropServices;
using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Permissions;

/// <summary>Collects grants and compiles them. Scopes that end with the same filters share one object.</summary>
internal sealed class PermissionSetBuilder(ScopeCatalog catalog)
{
    private const int Few = 8;

    private readonly List<Entry> entries = [];
    private ScopeBits unfiltered;
    private ScopeBits filtered;

    // Positions of entries by value, kind by kind, once there are too many to look through.
    private Dictionary<string, int>[]? positions;

    public void Add(in ScopeBits scopes) => unfiltered = unfiltered.Or(scopes);

    /// <summary>Adds scopes for one filter.</summary>
    /// <param name="scopes">The scopes.</param>
    /// <param name="kind">The filter's kind.</param>
    /// <param name="value">The filter's value; becomes a string only when it is new.</param>
    /// <param name="text">The value as a string, if there is one already.</param>
    public void Add(in ScopeBits scopes, ResourceKind kind, ReadOnlySpan<char> value, string? text = null)
    {
        if (scopes.IsEmpty)
        {
            return;
        }

        filtered = filtered.Or(scopes);
        var position = Find(kind, value);
        if (position >= 0)
        {
            ref var entry = ref CollectionsMarshal.AsSpan(entries)[position];
            entry = entry with { Scopes = entry.Scopes.Or(scopes) };
            return;
        }

        var added = text ?? value.ToString();
        entries.Add(new(kind, added, scopes));
        if (positions is not null)
        {
            positions[(int)kind].Add(added, entries.Count - 1);
        }
        else if (entries.Count > Few)
        {
            Index();
        }
    }

    public PermissionSet Build()
    {
        var held = filtered.Except(unfiltered);
        if (held.IsEmpty)
        {
            return new(catalog, unfiltered, default, null);
        }

        return new(catalog, unfiltered, held, Combine(held));
    }

    /// <summary>The filters of each scope. Scopes with exactly the same grants get the same object.</summary>
    private ScopeFilters?[] Combine(in ScopeBits held)
    {
        var parts = new Part?[catalog.Scopes.Count];
        var added = new List<Part>();
        foreach (var grant in Grants())
        {
            added.Clear();
            var scopes = grant.Scopes.And(held);
            for (var id = scopes.Next(0); id >= 0; id = scopes.Next(id + 1))
            {
                parts[id] = After(parts[id], grant, added);
            }
        }

        var filters = new ScopeFilters?[parts.Length];
        for (var id = held.Next(0); id >= 0; id = held.Next(id + 1))
        {
            filters[id] = parts[id]!.Filters;
        }

        return filters;
    }

    /// <summary>The part that has a grant more than another one, made once for all scopes of that part.</summary>
    private static Part After(Part? before, Grant grant, List<Part> added)
    {
        foreach (var part in added)
        {
            if (ReferenceEquals(part.Before, before))
            {
                return part;
            }
        }

        var made = new Part(before, grant);
        added.Add(made);
        return made;
    }

    private int Find(ResourceKind kind, ReadOnlySpan<char> value)
    {
        if (positions is not null)
        {
            return positions[(int)kind].GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var position) ? position : -1;
        }

        var known = CollectionsMarshal.AsSpan(entries);
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Kind == kind && value.SequenceEqual(known[i].Value))
            {
                return i;
            }
        }

        return -1;
    }

    private void Index()
    {
        positions = new Dictionary<string, int>[FilterKinds.All.Length];
        for (var kind = 0; kind < positions.Length; kind++)
        {
            positions[kind] = new(StringComparer.Ordinal);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            positions[(int)entries[i].Kind].Add(entries[i].Value, i);
        }
    }

    /// <summary>Entries with the same scopes, together.</summary>
    private List<Grant> Grants()
    {
        var grants = new List<Grant>();
        foreach (var entry in entries)
        {
            Grant? same = null;
            foreach (var grant in grants)
            {
                if (grant.Scopes.Equals(entry.Scopes))
                {
                    same = grant;
                    break;
                }
            }

            if (same is null)
            {
                grants.Add(same = new(entry.Scopes));
            }

            same.Filters.Add(entry.Kind, entry.Value);
        }

        return grants;
    }

    private readonly record struct Entry(ResourceKind Kind, string Value, ScopeBits Scopes);

    private sealed class Grant(ScopeBits scopes)
    {
        private ScopeFilters? built;

        public ScopeBits Scopes { get; } = scopes;

        public FilterBuilder Filters { get; } = new();

        public ScopeFilters Built => built ??= Filters.Build();
    }

    /// <summary>Scopes that have the same grants: one grant, and a part that has the others.</summary>
    private sealed class Part(Part? before, Grant grant)
    {
        private ScopeFilters? filters;

        public Part? Before { get; } = before;

        public ScopeFilters Filters => filters ??= Before is null ? grant.Built : Combine();

        private ScopeFilters Combine()
        {
            var combined = new FilterBuilder();
            for (var part = this; part is not null; part = part.Before)
            {
                combined.Add(part.Built);
            }

            return combined.Build();
        }

        private ScopeFilters Built => grant.Built;
    }
}
