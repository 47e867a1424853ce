using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>A server that is shared with a user or a group.</summary>
public sealed record ShareGrant : Grant
{
    /// <summary>Creates a grant.</summary>
    /// <param name="holder">The user or group that it is shared with.</param>
    /// <param name="owner">The server's owner.</param>
    /// <param name="serverName">The server's name, empty for the default server.</param>
    /// <param name="scopes">Scopes as stored with the share.</param>
    public ShareGrant(ScopeOwner holder, string owner, string serverName, IReadOnlyList<string> scopes) : base(holder)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        (Server, Scopes) = (Resource.Server(owner, serverName), scopes);
    }

    /// <summary>The server.</summary>
    public Resource Server { get; }

    /// <summary>Scopes as stored with the share.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>For people.</summary>
    public override string ToString() => $"share of {Server} with {Holder}";
}
