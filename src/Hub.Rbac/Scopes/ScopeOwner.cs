using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>Whose scopes are expanded: the user or service that <c>self</c>, <c>!user</c> and <c>!service</c> mean.</summary>
public readonly record struct ScopeOwner
{
    private ScopeOwner(ResourceKind kind, string name) => (Kind, Name) = (kind, name);

    /// <summary><see cref="ResourceKind.User"/>, <see cref="ResourceKind.Service"/> or <see cref="ResourceKind.Group"/>.</summary>
    public ResourceKind Kind { get; }

    /// <summary>The owner's name.</summary>
    public string Name { get; }

    /// <summary>A user.</summary>
    public static ScopeOwner User(string name) => new(ResourceKind.User, name);

    /// <summary>A service.</summary>
    public static ScopeOwner Service(string name) => new(ResourceKind.Service, name);

    /// <summary>A group.</summary>
    public static ScopeOwner Group(string name) => new(ResourceKind.Group, name);

    /// <summary>For people: <c>user ada</c>.</summary>
    public override string ToString() => $"{Filters.FilterKinds.NameOf(Kind)} {Name}";
}
