using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.OAuth;

/// <summary>The server or service that an OAuth client belongs to.</summary>
internal sealed record OAuthClientOwner
{
    private OAuthClientOwner(ScopeClient client, int? serverOwnerId, bool needsNoConsent) =>
        (Client, ServerOwnerId, NeedsNoConsent) = (client, serverOwnerId, needsNoConsent);

    /// <summary>What <c>!server</c> and <c>!service</c> mean in the client's scopes.</summary>
    public ScopeClient Client { get; }

    /// <summary>The user whose server it is; null for a service.</summary>
    public int? ServerOwnerId { get; }

    /// <summary>The operator decided that nobody is asked.</summary>
    public bool NeedsNoConsent { get; }

    /// <summary>The scope that opens it, without its filter.</summary>
    public string AccessScopeName => Client.Resource.Kind == ResourceKind.Server ? "access:servers" : "access:services";

    /// <summary>The scope that opens it and nothing else.</summary>
    public string AccessScope => Client.Resource.Kind == ResourceKind.Server
        ? $"{AccessScopeName}!server={Client.Resource.Name}/{Client.Resource.ServerName}"
        : $"{AccessScopeName}!service={Client.Resource.Name}";

    public static OAuthClientOwner Server(int ownerId, string ownerName, string serverName) =>
        new(ScopeClient.Server(ownerName, serverName), ownerId, needsNoConsent: false);

    public static OAuthClientOwner Service(string name, bool needsNoConsent) =>
        new(ScopeClient.Service(name), serverOwnerId: null, needsNoConsent);
}
