using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Routes of the hub's proxy.</summary>
public sealed class ProxyResource
{
    private readonly HubApi api;

    internal ProxyResource(HubApi api) => this.api = api;

    /// <summary>All routes, page by page.</summary>
    public IAsyncEnumerable<HubRoute> ListRoutesAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<RoutePage, HubRoute>(api, "/proxy", pageSize, HubJson.Default.RoutePage, cancellationToken);

    /// <summary>Makes the proxy's routes what they should be.</summary>
    public Task CheckRoutesAsync(CancellationToken cancellationToken = default) => api.SendAsync(HttpMethod.Post, "/proxy", cancellationToken);

    /// <summary>Tells the hub that its proxy has moved.</summary>
    /// <param name="apiUrl">The new address of the proxy's API; null when it stayed.</param>
    /// <param name="authToken">The new token of the proxy's API; null when it stayed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task MoveAsync(string? apiUrl, string? authToken, CancellationToken cancellationToken = default)
    {
        var body = HubApi.Json(new(apiUrl, authToken), HubJson.Default.ProxyBody);
        using var answer = await api.SendAsync(HttpMethod.Patch, "/proxy", body, cancellationToken);
    }
}
