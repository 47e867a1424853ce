using System.Text.Json.Nodes;
using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Groups, their members and properties.</summary>
public sealed class GroupsResource
{
    private readonly HubApi api;

    internal GroupsResource(HubApi api) => this.api = api;

    /// <summary>All groups that the caller may list, page by page.</summary>
    public IAsyncEnumerable<HubGroup> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubGroup>, HubGroup>(api, "/groups", pageSize, HubJson.Default.PageHubGroup, cancellationToken);

    /// <summary>One group.</summary>
    public Task<HubGroup> GetAsync(string name, CancellationToken cancellationToken = default) =>
        api.GetAsync(ApiPath.Of($"/groups/{name}"), HubJson.Default.HubGroup, cancellationToken);

    /// <summary>Creates a group of existing users.</summary>
    public Task<HubGroup> CreateAsync(string name, IEnumerable<string>? users = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, ApiPath.Of($"/groups/{name}"), users ?? [], cancellationToken);

    /// <summary>Creates several groups, without members.</summary>
    public async Task<IReadOnlyList<HubGroup>> CreateManyAsync(IEnumerable<string> names, CancellationToken cancellationToken = default) =>
        await api.SendAsync(HttpMethod.Post, "/groups", HubApi.Json(new([.. names], null), HubJson.Default.GroupsBody), HubJson.Default.ListHubGroup, cancellationToken);

    /// <summary>Deletes a group; its members stay.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/groups/{name}"), cancellationToken);

    /// <summary>Adds members.</summary>
    public Task<HubGroup> AddUsersAsync(string name, IEnumerable<string> users, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, ApiPath.Of($"/groups/{name}/users"), users, cancellationToken);

    /// <summary>Takes members out.</summary>
    public Task<HubGroup> RemoveUsersAsync(string name, IEnumerable<string> users, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, ApiPath.Of($"/groups/{name}/users"), users, cancellationToken);

    /// <summary>Replaces all properties (hubs since 4.0).</summary>
    public Task<HubGroup> SetPropertiesAsync(string name, JsonObject properties, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Put, ApiPath.Of($"/groups/{name}/properties"), HubApi.Json(properties, HubJson.Default.JsonObject), HubJson.Default.HubGroup, cancellationToken);

    private Task<HubGroup> SendAsync(HttpMethod method, string path, IEnumerable<string> users, CancellationToken cancellation) =>
        api.SendAsync(method, path, HubApi.Json(new(null, [.. users]), HubJson.Default.GroupsBody), HubJson.Default.HubGroup, cancellation);
}
