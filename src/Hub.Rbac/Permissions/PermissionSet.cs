using System.Collections.ObjectModel;
using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Permissions;

/// <summary>An expanded, compiled, immutable set of permissions.</summary>
public sealed class PermissionSet : IEquatable<PermissionSet>
{
    private readonly ScopeBits unfiltered;
    private readonly ScopeBits filtered;

    // By scope id; null when nothing is filtered.
    private readonly ScopeFilters?[]? filters;

    // Clients ask for the list with each of their requests, and it never changes.
    private ReadOnlyCollection<string>? listed;

    internal PermissionSet(ScopeCatalog catalog, ScopeBits unfiltered, ScopeBits filtered, ScopeFilters?[]? filters) =>
        (Catalog, this.unfiltered, this.filtered, this.filters) = (catalog, unfiltered, filtered, filters);

    /// <summary>No permission at all.</summary>
    public static PermissionSet Empty { get; } = new(ScopeCatalog.BuiltIn, default, default, null);

    /// <summary>The catalogue whose scopes are in the set.</summary>
    public ScopeCatalog Catalog { get; }

    /// <summary>True if nothing is permitted.</summary>
    public bool IsEmpty => unfiltered.IsEmpty && filtered.IsEmpty;

    internal ref readonly ScopeBits Unfiltered => ref unfiltered;

    internal ref readonly ScopeBits Filtered => ref filtered;

    /// <summary>True if the scope is held without a filter; false for a name that does not exist.</summary>
    public bool Allows(string scope) => Catalog.TryGet(scope, out var found) && unfiltered.Contains(found.Id);

    /// <summary>True if the scope is held without a filter.</summary>
    public bool Allows(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return unfiltered.Contains(scope.Id) && Knows(scope);
    }

    /// <summary>True if the scope is held for this entity, by a filter that covers it or without one; false for a name that does not exist.</summary>
    public bool Allows(string scope, Resource resource, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        return Catalog.TryGet(scope, out var found) && AllowsId(found.Id, resource, membership);
    }

    /// <summary>True if the scope is held for this entity, by a filter that covers it or without one.</summary>
    public bool Allows(Scope scope, Resource resource, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(membership);
        return Knows(scope) && AllowsId(scope.Id, resource, membership);
    }

    /// <summary>True if what the scope string says is held completely.</summary>
    /// <exception cref="ArgumentException">The filter is a short form: nobody has said yet whom it means.</exception>
    public bool Allows(FilteredScope required, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(required.Scope, nameof(required));
        if (required.IsShort)
        {
            throw new ArgumentException($"'{required}' does not say whom it means; expand it first.", nameof(required));
        }

        return Allows(required.Scope) || (required.TryGetResource(out var resource) && Allows(required.Scope, resource, membership));
    }

    /// <summary>True if the scope is held with any filter or without one; false for a name that does not exist.</summary>
    public bool Holds(string scope) => Catalog.TryGet(scope, out var found) && HoldsId(found.Id);

    /// <summary>True if the scope is held with any filter or without one.</summary>
    public bool Holds(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return HoldsId(scope.Id) && Knows(scope);
    }

    /// <summary>For which entities the scope is held: the predicate of a listing.</summary>
    public ScopeFilters FiltersOf(string scope) => Catalog.TryGet(scope, out var found) ? FiltersOf(found.Id) : ScopeFilters.None;

    /// <summary>For which entities the scope is held: the predicate of a listing.</summary>
    public ScopeFilters FiltersOf(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Knows(scope) ? FiltersOf(scope.Id) : ScopeFilters.None;
    }

    /// <summary>The set as scope strings, sorted by code point.</summary>
    public IReadOnlyList<string> ToScopes() => listed ??= ListScopes();

    /// <summary>True if both sets list the same scopes with the same filters.</summary>
    public bool Equals(PermissionSet? other)
    {
        if (other is null || !unfiltered.Equals(other.unfiltered) || !filtered.Equals(other.filtered) || !SharesCatalog(other))
        {
            return false;
        }

        for (var id = filtered.Next(0); id >= 0; id = filtered.Next(id + 1))
        {
            if (!filters![id]!.Equals(other.filters![id]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PermissionSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(unfiltered, filtered);

    internal ScopeFilters FiltersOf(int id) =>
        unfiltered.Contains(id) ? ScopeFilters.Unrestricted : filters is not null && id < filters.Length ? filters[id] ?? ScopeFilters.None : ScopeFilters.None;

    internal bool AllowsId(int id, Resource resource, MembershipSnapshot membership) =>
        unfiltered.Contains(id) || (filters is not null && id < filters.Length && filters[id] is { } found && found.Covers(resource, membership));

    private ReadOnlyCollection<string> ListScopes()
    {
        var scopes = new List<string>();
        for (var id = unfiltered.Next(0); id >= 0; id = unfiltered.Next(id + 1))
        {
            scopes.Add(Catalog.Scopes[id].Name);
        }

        for (var id = filtered.Next(0); id >= 0; id = filtered.Next(id + 1))
        {
            var name = Catalog.Scopes[id].Name;
            foreach (var kind in FilterKinds.All)
            {
                foreach (var value in filters![id]!.NamesOf(kind).Span)
                {
                    scopes.Add($"{name}!{FilterKinds.NameOf(kind)}={value}");
                }
            }
        }

        scopes.Sort(CodePointOrder.Instance);
        return scopes.AsReadOnly();
    }

    private bool HoldsId(int id) => unfiltered.Contains(id) || filtered.Contains(id);

    // Ids of custom scopes mean something else in other catalogues.
    private bool Knows(Scope scope) => !scope.IsCustom || Catalog.Owns(scope);

    private bool SharesCatalog(PermissionSet other) => Catalog.IsPartOf(other.Catalog) || other.Catalog.IsPartOf(Catalog);
}
