using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Services.</summary>
public sealed class ServicesResource
{
    private readonly HubApi api;

    internal ServicesResource(HubApi api) => this.api = api;

    /// <summary>All services that the caller may list, by name.</summary>
    public async Task<IReadOnlyDictionary<string, HubService>> ListAsync(CancellationToken cancellationToken = default) =>
        await api.GetAsync("/services", HubJson.Default.DictionaryStringHubService, cancellationToken);

    /// <summary>One service.</summary>
    public Task<HubService> GetAsync(string name, CancellationToken cancellationToken = default) =>
        api.GetAsync(ApiPath.Of($"/services/{name}"), HubJson.Default.HubService, cancellationToken);

    /// <summary>Creates a service that the hub does not start (hubs since 5.0).</summary>
    public Task<HubService> CreateAsync(string name, ServiceDefinition service, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiPath.Of($"/services/{name}"), HubApi.Json(service, HubJson.Default.ServiceDefinition), HubJson.Default.HubService, cancellationToken);

    /// <summary>Deletes a service that was created at run time.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/services/{name}"), cancellationToken);
}
