using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes;

/// <summary>Reads users, services, groups and servers as people type them: <c>user:ada</c>, <c>server:ada/gpu</c>.</summary>
internal static class Entities
{
    /// <exception cref="ScopesRefusedException">It names no user, service or group.</exception>
    public static ScopeOwner Principal(string text) => Split(text) switch
    {
        ("user", { Length: > 0 } name) => ScopeOwner.User(name),
        ("service", { Length: > 0 } name) => ScopeOwner.Service(name),
        ("group", { Length: > 0 } name) => ScopeOwner.Group(name),
        _ => throw new ScopesRefusedException($"{Quote(text)} names nobody; write user:NAME, service:NAME or group:NAME."),
    };

    /// <exception cref="ScopesRefusedException">It names no user, service, group or server.</exception>
    public static Resource Resource(string text) =>
        Split(text) is { Name.Length: > 0 } split && TryCreate(split.Kind, split.Name, out var resource)
            ? resource
            : throw new ScopesRefusedException($"{Quote(text)} names nothing; write user:NAME, group:NAME, service:NAME or server:OWNER/NAME (server:OWNER/ is the default server).");

    /// <exception cref="ScopesRefusedException">It names neither a server nor a service.</exception>
    public static ScopeClient Client(string text) => Resource(text) switch
    {
        { Kind: ResourceKind.Server } server => ScopeClient.Server(server.Name, server.ServerName!),
        { Kind: ResourceKind.Service } service => ScopeClient.Service(service.Name),
        _ => throw new ScopesRefusedException($"{Quote(text)} can be no OAuth client; write service:NAME or server:OWNER/NAME."),
    };

    public static bool TryCreate(string kind, string name, out Resource resource)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        resource = kind switch
        {
            "user" => Rbac.Permissions.Resource.User(name),
            "group" => Rbac.Permissions.Resource.Group(name),
            "service" => Rbac.Permissions.Resource.Service(name),
            "server" when slash >= 0 => Rbac.Permissions.Resource.Server(name[..slash], name[(slash + 1)..]),
            _ => default,
        };
        return resource.Name is not null;
    }

    /// <summary>As people type it.</summary>
    public static string Format(ScopeOwner who) => $"{NameOf(who.Kind)}:{who.Name}";

    /// <summary>As people type it.</summary>
    public static string Format(Resource resource) =>
        resource.Kind == ResourceKind.Server ? $"server:{resource.Name}/{resource.ServerName}" : $"{NameOf(resource.Kind)}:{resource.Name}";

    private static string NameOf(ResourceKind kind) => kind switch
    {
        ResourceKind.User => "user",
        ResourceKind.Service => "service",
        ResourceKind.Group => "group",
        _ => "server",
    };

    private static (string Kind, string Name)? Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    private static string Quote(string text) => Worlds.JsonShape.Quote(text);
}
