using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>API tokens of users.</summary>
public sealed class TokensResource
{
    private readonly HubApi api;

    internal TokensResource(HubApi api) => this.api = api;

    /// <summary>A user's tokens, those of sign-ins included.</summary>
    public async Task<IReadOnlyList<HubToken>> ListAsync(string user, CancellationToken cancellationToken = default) =>
        (await api.GetAsync(ApiPath.Of($"/users/{user}/tokens"), HubJson.Default.TokenList, cancellationToken)).ApiTokens ?? [];

    /// <summary>One token, by its id.</summary>
    public Task<HubToken> GetAsync(string user, string id, CancellationToken cancellationToken = default) =>
        api.GetAsync(ApiPath.Of($"/users/{user}/tokens/{id}"), HubJson.Default.HubToken, cancellationToken);

    /// <summary>Makes a token. Only this answer holds its clear text.</summary>
    public Task<CreatedToken> CreateAsync(string user, NewToken? token = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiPath.Of($"/users/{user}/tokens"), HubApi.Json(token ?? new(), HubJson.Default.NewToken), HubJson.Default.CreatedToken, cancellationToken);

    /// <summary>Revokes a token. For one of a sign-in, all of the user's sign-ins at the same server or service end.</summary>
    public Task RevokeAsync(string user, string id, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/users/{user}/tokens/{id}"), cancellationToken);
}
