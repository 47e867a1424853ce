using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Filters;

/// <summary>Collects filters of one scope, or of several that share them.</summary>
internal sealed class FilterBuilder
{
    private List<string>? users;
    private List<string>? services;
    private List<string>? groups;
    private List<string>? servers;

    public void Add(ResourceKind kind, string value) => ListOf(kind).Add(value);

    public void Add(ScopeFilters filters)
    {
        foreach (var kind in FilterKinds.All)
        {
            if (filters.NamesOf(kind) is { Count: > 0 } names)
            {
                ListOf(kind).AddRange(names.Span);
            }
        }
    }

    public ScopeFilters Build() => ScopeFilters.Of(NameSet.Of(users), NameSet.Of(services), NameSet.Of(groups), NameSet.Of(servers));

    private List<string> ListOf(ResourceKind kind) => kind switch
    {
        ResourceKind.User => users ??= [],
        ResourceKind.Service => services ??= [],
        ResourceKind.Group => groups ??= [],
        _ => servers ??= [],
    };
}
