using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Filters;

/// <summary>The kinds of filters and the words for them.</summary>
internal static class FilterKinds
{
    public static readonly string[] Names = ["user", "service", "group", "server"];

    public static ReadOnlySpan<ResourceKind> All => [ResourceKind.User, ResourceKind.Service, ResourceKind.Group, ResourceKind.Server];

    public static string NameOf(ResourceKind kind) => Names[(int)kind];

    public static ResourceKind? Find(ReadOnlySpan<char> name) => name switch
    {
        "user" => ResourceKind.User,
        "service" => ResourceKind.Service,
        "group" => ResourceKind.Group,
        "server" => ResourceKind.Server,
        _ => null,
    };
}
