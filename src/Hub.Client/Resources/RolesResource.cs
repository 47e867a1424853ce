using System.Globalization;
using JupyterHub.Client.Http;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Resources;

/// <summary>Roles at run time. Only hubs of this family have them; the original answers 404.</summary>
public sealed class RolesResource
{
    private readonly HubApi api;

    internal RolesResource(HubApi api) => this.api = api;

    /// <summary>All roles that the caller may know of, without their holders, page by page.</summary>
    public IAsyncEnumerable<HubRole> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAsync<Page<HubRole>, HubRole>(api, "/roles", pageSize, HubJson.Default.PageHubRole, cancellationToken);

    /// <summary>One role and who holds it.</summary>
    /// <param name="name">The role.</param>
    /// <param name="offset">How many holders of each kind are passed over.</param>
    /// <param name="limit">How many holders of each kind are shown; null for the hub's default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<HubRole> GetAsync(string name, int offset = 0, int? limit = null, CancellationToken cancellationToken = default)
    {
        var path = ApiPath.WithQuery(
            ApiPath.Of($"/roles/{name}"),
            ("offset", offset == 0 ? null : offset.ToString(CultureInfo.InvariantCulture)),
            ("limit", limit?.ToString(CultureInfo.InvariantCulture)));
        return api.GetAsync(path, HubJson.Default.HubRole, cancellationToken);
    }

    /// <summary>Makes a role and gives it to its first holders.</summary>
    public Task<HubRole> CreateAsync(string name, NewRole role, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiPath.Of($"/roles/{name}"), HubApi.Json(role, HubJson.Default.NewRole), HubJson.Default.HubRole, cancellationToken);

    /// <summary>Changes a role.</summary>
    public Task<HubRole> PatchAsync(string name, RolePatch patch, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Patch, ApiPath.Of($"/roles/{name}"), HubApi.Json(patch, HubJson.Default.RolePatch), HubJson.Default.HubRole, cancellationToken);

    /// <summary>Deletes a role, and so takes it from all its holders.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiPath.Of($"/roles/{name}"), cancellationToken);

    /// <summary>Gives a role to a user, group or service, or changes how long it is held.</summary>
    /// <param name="name">The role.</param>
    /// <param name="holder">Who gets it.</param>
    /// <param name="expiresAt">When the assignment ends; null for never, or as it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<HubRole> AssignAsync(string name, HubPrincipal holder, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Put, PathOf(name, holder), HubApi.Json(new(expiresAt), HubJson.Default.RoleExpiryBody), HubJson.Default.HubRole, cancellationToken);

    /// <summary>Takes a role from a user, group or service.</summary>
    public Task RemoveAsync(string name, HubPrincipal holder, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, PathOf(name, holder), cancellationToken);

    /// <summary>What a change would give or take, and whether the caller could make it; nothing is changed.</summary>
    public Task<RolePreview> PreviewAsync(RoleChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return api.SendAsync(HttpMethod.Post, "/roles/preview", HubApi.Json(RolePreviewBody.Of(change), HubJson.Default.RolePreviewBody), HubJson.Default.RolePreview, cancellationToken);
    }

    private static string PathOf(string role, HubPrincipal holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return holder.Kind switch
        {
            "user" => ApiPath.Of($"/roles/{role}/users/{holder.Name}"),
            "group" => ApiPath.Of($"/roles/{role}/groups/{holder.Name}"),
            "service" => ApiPath.Of($"/roles/{role}/services/{holder.Name}"),
            _ => throw new ArgumentException("Only users, groups and services hold roles.", nameof(holder)),
        };
    }
}
