using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Codes that give access to a server (hubs since 5.0).</summary>
public sealed class ShareCodesResource
{
    private readonly HubApi api;

    internal ShareCodesResource(HubApi api) => this.api = api;

    /// <summary>All codes for an owner's servers, page by page.</summary>
    public IAsyncEnumerable<HubShareCode> ListAsync(string owner, int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubShareCode>, HubShareCode>(api, ApiPath.Of($"/share-codes/{owner}"), pageSize, HubJson.Default.PageHubShareCode, cancellationToken);

    /// <summary>All codes for one server, page by page; the default server has the empty name.</summary>
    public IAsyncEnumerable<HubShareCode> ListAsync(string owner, string server, int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubShareCode>, HubShareCode>(api, PathOf(owner, server), pageSize, HubJson.Default.PageHubShareCode, cancellationToken);

    /// <summary>Makes a code. Only this answer holds its clear text.</summary>
    /// <param name="owner">The server's owner.</param>
    /// <param name="server">The server; empty for the default one.</param>
    /// <param name="scopes">What it grants, without filters; null for access.</param>
    /// <param name="expiresIn">How long it lasts, 1 minute to 1 year, in whole seconds; null for a day.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<CreatedShareCode> CreateAsync(
        string owner,
        string server,
        IEnumerable<string>? scopes = null,
        TimeSpan? expiresIn = null,
        CancellationToken cancellationToken = default)
    {
        var body = new ShareBody { Scopes = scopes?.ToList(), ExpiresIn = expiresIn is { } span ? (int)span.TotalSeconds : null };
        return api.SendAsync(HttpMethod.Post, PathOf(owner, server), HubApi.Json(body, HubJson.Default.ShareBody), HubJson.Default.CreatedShareCode, cancellationToken);
    }

    /// <summary>Revokes a code by its id.</summary>
    public Task RevokeAsync(string owner, string server, string id, CancellationToken cancellationToken = default)
    {
        // Without an id the hub would revoke all.
        ArgumentException.ThrowIfNullOrEmpty(id);
        return api.SendAsync(HttpMethod.Delete, ApiPath.WithQuery(PathOf(owner, server), ("id", id)), cancellationToken);
    }

    /// <summary>Revokes all codes of a server.</summary>
    public Task RevokeAllAsync(string owner, string server, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, PathOf(owner, server), cancellationToken);

    private static string PathOf(string owner, string server) => "/share-codes" + ApiPath.Shared(owner, server);
}
