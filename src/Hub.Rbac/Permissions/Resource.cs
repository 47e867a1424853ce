namespace JupyterHub.Rbac.Permissions;

/// <summary>The entity that a decision is about.</summary>
public readonly record struct Resource
{
    private Resource(ResourceKind kind, string name, string? serverName) => (Kind, Name, ServerName) = (kind, name, serverName);

    /// <summary>What kind of entity it is.</summary>
    public ResourceKind Kind { get; }

    /// <summary>The entity's name; for a server the name of its owner.</summary>
    public string Name { get; }

    /// <summary>A server's own name, empty for the default server; null for anything else.</summary>
    public string? ServerName { get; }

    /// <summary>A user.</summary>
    public static Resource User(string name) => new(ResourceKind.User, name, null);

    /// <summary>A group.</summary>
    public static Resource Group(string name) => new(ResourceKind.Group, name, null);

    /// <summary>A service.</summary>
    public static Resource Service(string name) => new(ResourceKind.Service, name, null);

    /// <summary>A server of a user; an empty name is the default server.</summary>
    public static Resource Server(string owner, string serverName) => new(ResourceKind.Server, owner, serverName);

    /// <summary>For people: <c>user ada</c>, <c>server ada/gpu</c>.</summary>
    public override string ToString() => Kind == ResourceKind.Server ? $"server {Name}/{ServerName}" : $"{Filters.FilterKinds.NameOf(Kind)} {Name}";

    internal static Resource Of(ResourceKind kind, string name) => new(kind, name, null);
}
