using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>One expansion (contract 4.3): whom the short filters mean, and what has been granted so far.</summary>
internal sealed class ScopeExpansion
{
    private readonly ScopeCatalog catalog;
    private readonly PermissionSetBuilder builder;
    private readonly string? user;
    private readonly string? service;
    private readonly string? server;

    public ScopeExpansion(ScopeCatalog catalog, ScopeOwner? owner, ScopeClient? client)
    {
        this.catalog = catalog;
        builder = new(catalog);
        user = NameIf(owner, ResourceKind.User);
        service = NameIf(owner, ResourceKind.Service);
        if (client is { Resource: { Name: not null } resource })
        {
            if (resource.Kind == ResourceKind.Service)
            {
                service = resource.Name;
            }
            else
            {
                server = $"{resource.Name}/{resource.ServerName}";
            }
        }
    }

    /// <summary>Grants a scope string; false if it does not exist.</summary>
    public bool TryAdd(ReadOnlySpan<char> text)
    {
        if (!ScopeParser.TryParse(catalog, text, out var syntax))
        {
            return false;
        }

        Add(syntax);
        return true;
    }

    /// <summary>The client may be used with the token that it issued.</summary>
    public void AddAccess(ScopeClient client)
    {
        if (client.Resource.Kind == ResourceKind.Service)
        {
            builder.Add(catalog.AccessServices.Closure, ResourceKind.Service, client.Resource.Name);
        }
        else
        {
            builder.Add(catalog.AccessServers.Closure, ResourceKind.Server, $"{client.Resource.Name}/{client.Resource.ServerName}");
        }
    }

    /// <summary>Every token may learn whose it is.</summary>
    public void AddIdentity(ScopeOwner owner)
    {
        if (owner.Kind == ResourceKind.User)
        {
            builder.Add(catalog.UserIdentity, ResourceKind.User, owner.Name, owner.Name);
        }
        else if (owner.Kind == ResourceKind.Service)
        {
            builder.Add(catalog.ServiceIdentity, ResourceKind.Service, owner.Name, owner.Name);
        }
    }

    public PermissionSet Build() => builder.Build();

    private static string? NameIf(ScopeOwner? owner, ResourceKind kind) => owner is { } given && given.Kind == kind ? given.Name : null;

    private void Add(in ScopeSyntax syntax)
    {
        if (syntax.Filter is { } kind)
        {
            AddFiltered(kind == ResourceKind.Server ? syntax.Scope.ServerClosure : syntax.Scope.Closure, kind, syntax.Value);
        }
        else if (!ReferenceEquals(syntax.Scope, catalog.Self))
        {
            builder.Add(syntax.Scope.Closure);
        }
        else if (user is not null)
        {
            builder.Add(catalog.SelfClosure, ResourceKind.User, user, user);
        }
    }

    private void AddFiltered(in ScopeBits scopes, ResourceKind kind, ReadOnlySpan<char> value)
    {
        if (!value.IsEmpty)
        {
            builder.Add(scopes, kind, value);
            return;
        }

        // A short form; when nobody is meant the scope is dropped.
        if (kind switch { ResourceKind.User => user, ResourceKind.Service => service, _ => server } is { } meant)
        {
            builder.Add(scopes, kind, meant, meant);
        }
    }
}
