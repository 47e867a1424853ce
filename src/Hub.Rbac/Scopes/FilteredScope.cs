using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>A scope with its filter, as it is written: <c>servers</c>, <c>servers!user</c> or <c>servers!server=ada/gpu</c>.</summary>
public readonly record struct FilteredScope
{
    internal FilteredScope(Scope scope, ResourceKind? filter, string? value) => (Scope, Filter, Value) = (scope, filter, value);

    /// <summary>The scope.</summary>
    public Scope Scope { get; }

    /// <summary>The filter's kind; null without a filter.</summary>
    public ResourceKind? Filter { get; }

    /// <summary>The filter's value; null without a filter and in the short forms <c>!user</c>, <c>!service</c> and <c>!server</c>.</summary>
    public string? Value { get; }

    /// <summary>True for <c>!user</c>, <c>!service</c> and <c>!server</c>, which mean the owner or the issuing client.</summary>
    public bool IsShort => Filter is not null && Value is null;

    /// <summary>The entity that the filter names; false without a filter, for a short form, and for a server without an owner.</summary>
    public bool TryGetResource(out Resource resource)
    {
        resource = default;
        if (Filter is not { } kind || Value is not { } value)
        {
            return false;
        }

        if (kind != ResourceKind.Server)
        {
            resource = Resource.Of(kind, value);
            return true;
        }

        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return false;
        }

        resource = Resource.Server(value[..slash], value[(slash + 1)..]);
        return true;
    }

    /// <summary>The scope string.</summary>
    public override string ToString() => (Filter, Value) switch
    {
        _ when Scope is null => "",
        (null, _) => Scope.Name,
        ({ } kind, null) => $"{Scope.Name}!{FilterKinds.NameOf(kind)}",
        ({ } kind, { } value) => $"{Scope.Name}!{FilterKinds.NameOf(kind)}={value}",
    };
}
