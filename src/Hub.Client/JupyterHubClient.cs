using JupyterHub.Client.Http;
using JupyterHub.Client.Models;
using JupyterHub.Client.Resources;

namespace JupyterHub.Client;

/// <summary>
/// The hub's REST API. Every call may throw <see cref="JupyterHubException"/>; names are given as they are, not escaped. Safe to use
/// from many threads.
/// </summary>
public sealed class JupyterHubClient
{
    private readonly HubApi api;

    /// <summary>A client over somebody else's <see cref="HttpClient"/>; let its handler neither follow redirects nor keep cookies.</summary>
    /// <param name="http">Sends the requests; stays the caller's.</param>
    /// <param name="options">What is not set comes from the environment.</param>
    /// <exception cref="JupyterHubConfigurationException">Address or token are missing or broken.</exception>
    public JupyterHubClient(HttpClient http, JupyterHubClientOptions options)
        : this(HubApi.Create(() => http, options, HubEnvironment.Process, TimeProvider.System))
    {
    }

    internal JupyterHubClient(HubApi api)
    {
        this.api = api;
        Users = new(api);
        Tokens = new(api);
        Servers = new(api, Users);
        Groups = new(api);
        Services = new(api);
        Shares = new(api);
        ShareCodes = new(api);
        Shared = new(api);
        Roles = new(api);
        Authorization = new(api);
        Proxy = new(api);
        Hub = new(api);
    }

    /// <summary>Users and their activity.</summary>
    public UsersResource Users { get; }

    /// <summary>API tokens of users.</summary>
    public TokensResource Tokens { get; }

    /// <summary>Servers of users: start, wait, stop.</summary>
    public ServersResource Servers { get; }

    /// <summary>Groups, their members and properties.</summary>
    public GroupsResource Groups { get; }

    /// <summary>Services.</summary>
    public ServicesResource Services { get; }

    /// <summary>Who may use whose servers (hubs since 5.0).</summary>
    public SharesResource Shares { get; }

    /// <summary>Codes that give access to a server (hubs since 5.0).</summary>
    public ShareCodesResource ShareCodes { get; }

    /// <summary>What is shared with a user or group (hubs since 5.0).</summary>
    public SharedResource Shared { get; }

    /// <summary>Roles at run time (only hubs of this family).</summary>
    public RolesResource Roles { get; }

    /// <summary>Why somebody may or may not do something (only hubs of this family).</summary>
    public AuthorizationResource Authorization { get; }

    /// <summary>Routes of the hub's proxy.</summary>
    public ProxyResource Proxy { get; }

    /// <summary>The hub itself.</summary>
    public HubResource Hub { get; }

    /// <summary>Who this client is: <c>GET /user</c>.</summary>
    public Task<HubIdentity> GetIdentityAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/user", HubJson.Default.HubIdentity, cancellationToken);

    /// <summary>A client of the same hub that calls with another token, such as a visitor's.</summary>
    public JupyterHubClient WithToken(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        return new(api.WithToken(token));
    }
}
