using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin;

/// <summary>
/// Pages of the administration ask for <c>admin-ui</c>, which opens them, and for what the API asks for when it does or shows the same.
/// </summary>
internal static class AdminGate
{
    /// <summary>What lets somebody see anything of a user.</summary>
    public static readonly string[] ReadsUser =
        ["read:users", "read:users:name", "read:servers", "read:users:groups", "read:users:activity", "read:roles:users"];

    public static void RequireForUser(HubRequest request, params string[] scopes) =>
        ScopeGate.Require(request.Known, Resource.User(request.Value("user")), scopes);

    public static void RequireForServer(HubRequest request, params string[] scopes) =>
        ScopeGate.Require(request.Known, Resource.Server(request.Value("user"), request.Value("server")), scopes);

    /// <summary>True if the requester holds the scope for the entity.</summary>
    public static bool Allows(HubRequest request, Resource resource, params string[] scopes) => scopes.Any(scope => request.Known.Allows(scope, resource));

    /// <summary>False for what is held for oneself only: everybody may see their own tokens, which makes nobody an administrator of tokens.</summary>
    public static bool ReachesOthers(HubRequest request, string scope)
    {
        var filters = request.Known.Authority.Permissions.FiltersOf(scope);
        return filters.IsUnrestricted || filters.Groups.Count + filters.Services.Count + filters.Servers.Count > 0
            || filters.Users.Any(user => !request.Known.IsUser || user != request.Known.Name);
    }
}
