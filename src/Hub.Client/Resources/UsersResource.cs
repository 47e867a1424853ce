using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Users and their activity.</summary>
public sealed class UsersResource
{
    private readonly HubApi api;

    internal UsersResource(HubApi api) => this.api = api;

    /// <summary>All users whom the caller may list, page by page.</summary>
    public IAsyncEnumerable<HubUser> ListAsync(UserQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new UserQuery();
        var path = ApiPath.WithQuery(
            "/users",
            ("state", query.State is { } state ? NameOf(state) : null),
            ("name_filter", query.NameFilter),
            ("sort", query.Sort),
            ("include_stopped_servers", query.IncludeStoppedServers ? "1" : null));
        return PagedList.ReadAsync<Page<HubUser>, HubUser>(api, path, query.PageSize, HubJson.Default.PageHubUser, cancellationToken);
    }

    /// <summary>One user.</summary>
    public Task<HubUser> GetAsync(string name, bool includeStoppedServers = false, CancellationToken cancellationToken = default) =>
        api.GetAsync(ApiPath.WithQuery(ApiPath.Of($"/users/{name}"), ("include_stopped_servers", includeStoppedServers ? "1" : null)), HubJson.Default.HubUser, cancellationToken);

    /// <summary>Creates a user.</summary>
    public Task<HubUser> CreateAsync(string name, bool admin = false, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiPath.Of($"/users/{name}"), HubApi.Json(new(null, admin ? true : null), HubJson.Default.UsersBody), HubJson.Default.HubUser, cancellationToken);

    /// <summary>Creates several users; those that exist already are left out of the answer.</summary>
    public async Task<IReadOnlyList<HubUser>> CreateManyAsync(IEnumerable<string> names, bool admin = false, CancellationToken cancellationToken = default) =>
        await api.SendAsync(HttpMethod.Post, "/users", HubApi.Json(new([.. names], admin ? true : null), HubJson.Default.UsersBody), HubJson.Default.ListHubUser, cancellationToken);

    /// <summary>Changes a user.</summary>
    public Task<HubUser> PatchAsync(string name, UserPatch patch, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Patch, ApiPath.Of($"/users/{name}"), HubApi.Json(patch, HubJson.Default.UserPatch), HubJson.Default.HubUser, cancellationToken);

    /// <summary>Deletes a user, whose servers the hub stops first.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/users/{name}"), cancellationToken);

    /// <summary>Tells the hub of activity; times only move forward.</summary>
    /// <param name="name">The user.</param>
    /// <param name="lastActivity">When the user last did something; null to say only when servers were used.</param>
    /// <param name="servers">When servers were last used, by name; the default one has the empty name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ReportActivityAsync(
        string name,
        DateTimeOffset? lastActivity,
        IReadOnlyDictionary<string, DateTimeOffset>? servers = null,
        CancellationToken cancellationToken = default)
    {
        var body = HubApi.Json(ActivityBody.Of(lastActivity, servers), HubJson.Default.ActivityBody);
        using var answer = await api.SendAsync(HttpMethod.Post, ApiPath.Of($"/users/{name}/activity"), body, cancellationToken);
    }

    private static string NameOf(UserState state) => state switch
    {
        UserState.Active => "active",
        UserState.Ready => "ready",
        UserState.Inactive => "inactive",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
