using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>A parsed scope string that still points into the text it came from.</summary>
internal readonly ref struct ScopeSyntax(Scope scope, ResourceKind? filter, ReadOnlySpan<char> value)
{
    public Scope Scope { get; } = scope;

    public ResourceKind? Filter { get; } = filter;

    /// <summary>Empty for short forms: a full filter is never empty.</summary>
    public ReadOnlySpan<char> Value { get; } = value;

    public FilteredScope ToFilteredScope() => new(Scope, Filter, Value.IsEmpty ? null : Value.ToString());
}
