using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Who may use whose servers (hubs since 5.0).</summary>
public sealed class SharesResource
{
    private readonly HubApi api;

    internal SharesResource(HubApi api) => this.api = api;

    /// <summary>All shares of an owner's servers, page by page.</summary>
    public IAsyncEnumerable<HubShare> ListAsync(string owner, int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubShare>, HubShare>(api, ApiPath.Of($"/shares/{owner}"), pageSize, HubJson.Default.PageHubShare, cancellationToken);

    /// <summary>All shares of one server, page by page; the default server has the empty name.</summary>
    public IAsyncEnumerable<HubShare> ListAsync(string owner, string server, int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubShare>, HubShare>(api, PathOf(owner, server), pageSize, HubJson.Default.PageHubShare, cancellationToken);

    /// <summary>Shares a server.</summary>
    /// <param name="owner">The server's owner.</param>
    /// <param name="server">The server; empty for the default one.</param>
    /// <param name="recipient">Whom it is shared with.</param>
    /// <param name="scopes">What is granted, without filters; null for access.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<HubShare> GrantAsync(string owner, string server, ShareRecipient recipient, IEnumerable<string>? scopes = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, owner, server, recipient, scopes, cancellationToken);

    /// <summary>Takes scopes back, or all when none are named; what is left has no server when nothing is.</summary>
    public Task<HubShare> RevokeAsync(string owner, string server, ShareRecipient recipient, IEnumerable<string>? scopes = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Patch, owner, server, recipient, scopes, cancellationToken);

    /// <summary>Takes all shares of a server back.</summary>
    public Task RevokeAllAsync(string owner, string server, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, PathOf(owner, server), cancellationToken);

    private static string PathOf(string owner, string server) => "/shares" + ApiPath.Shared(owner, server);

    private Task<HubShare> SendAsync(HttpMethod method, string owner, string server, ShareRecipient recipient, IEnumerable<string>? scopes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var body = new ShareBody { User = recipient.UserName, Group = recipient.GroupName, Scopes = scopes?.ToList() };
        return api.SendAsync(method, PathOf(owner, server), HubApi.Json(body, HubJson.Default.ShareBody), HubJson.Default.HubShare, cancellation);
    }
}
