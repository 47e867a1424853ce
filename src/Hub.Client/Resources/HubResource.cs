using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>The hub itself.</summary>
public sealed class HubResource
{
    private readonly HubApi api;

    internal HubResource(HubApi api) => this.api = api;

    /// <summary>The hub's version; needs no permission.</summary>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken = default) =>
        (await api.GetAsync("/", HubJson.Default.HubInfo, cancellationToken)).Version;

    /// <summary>What the hub runs on.</summary>
    public Task<HubInfo> GetInfoAsync(CancellationToken cancellationToken = default) => api.GetAsync("/info", HubJson.Default.HubInfo, cancellationToken);

    /// <summary>Stops the hub.</summary>
    /// <param name="stopServers">Whether servers stop too; null for what the hub is configured to do.</param>
    /// <param name="stopProxy">Whether the proxy stops too; null for what the hub is configured to do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ShutdownAsync(bool? stopServers = null, bool? stopProxy = null, CancellationToken cancellationToken = default)
    {
        var body = HubApi.Json(new(stopProxy, stopServers), HubJson.Default.ShutdownBody);
        using var answer = await api.SendAsync(HttpMethod.Post, "/shutdown", body, cancellationToken);
    }
}
