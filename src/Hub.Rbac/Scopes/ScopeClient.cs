using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>The OAuth client that a token was issued to, when it is a server or a service: what <c>!server</c> and <c>!service</c> mean in its scopes.</summary>
public readonly record struct ScopeClient
{
    private ScopeClient(Resource resource) => Resource = resource;

    /// <summary>The server or service.</summary>
    public Resource Resource { get; }

    /// <summary>A server of a user; an empty name is the default server.</summary>
    public static ScopeClient Server(string owner, string serverName) => new(Resource.Server(owner, serverName));

    /// <summary>A service.</summary>
    public static ScopeClient Service(string name) => new(Resource.Service(name));
}
