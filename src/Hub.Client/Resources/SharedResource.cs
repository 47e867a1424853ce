using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>What is shared with a user or group (hubs since 5.0).</summary>
public sealed class SharedResource
{
    private readonly HubApi api;

    internal SharedResource(HubApi api) => this.api = api;

    /// <summary>All that a user may use, directly or through groups, page by page.</summary>
    public IAsyncEnumerable<HubShare> ListWithUserAsync(string user, int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubShare>, HubShare>(api, ApiPath.Of($"/users/{user}/shared"), pageSize, HubJson.Default.PageHubShare, cancellationToken);

    /// <summary>All that a group's members may use, page by page.</summary>
    public IAsyncEnumerable<HubShare> ListWithGroupAsync(string group, int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubShare>, HubShare>(api, ApiPath.Of($"/groups/{group}/shared"), pageSize, HubJson.Default.PageHubShare, cancellationToken);

    /// <summary>One server's direct share with a user.</summary>
    public Task<HubShare> GetWithUserAsync(string user, string owner, string server, CancellationToken cancellationToken = default) =>
        api.GetAsync(ApiPath.Of($"/users/{user}/shared") + ApiPath.Shared(owner, server), HubJson.Default.HubShare, cancellationToken);

    /// <summary>One server's share with a group.</summary>
    public Task<HubShare> GetWithGroupAsync(string group, string owner, string server, CancellationToken cancellationToken = default) =>
        api.GetAsync(ApiPath.Of($"/groups/{group}/shared") + ApiPath.Shared(owner, server), HubJson.Default.HubShare, cancellationToken);

    /// <summary>A user gives a direct share back.</summary>
    public Task LeaveAsUserAsync(string user, string owner, string server, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/users/{user}/shared") + ApiPath.Shared(owner, server), cancellationToken);

    /// <summary>A group gives a share back.</summary>
    public Task LeaveAsGroupAsync(string group, string owner, string server, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/groups/{group}/shared") + ApiPath.Shared(owner, server), cancellationToken);
}
