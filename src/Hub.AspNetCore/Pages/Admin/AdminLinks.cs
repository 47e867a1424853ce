using JupyterHub.AspNetCore.Pages.Admin.Hub;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin;

/// <summary>Where names on the pages of the administration lead: each to its own page, for whom that page opens. Null otherwise.</summary>
internal static class AdminLinks
{
    public static string? ToUser(HubRequest request, string name) =>
        AdminGate.Allows(request, Resource.User(name), AdminGate.ReadsUser) ? Of(request, "users", name) : null;

    public static string? ToGroup(HubRequest request, string name) =>
        AdminGate.Allows(request, Resource.Group(name), GroupPages.Reading) ? Of(request, "groups", name) : null;

    public static string? ToRole(HubRequest request, string name) =>
        RolePages.Reading.Any(request.Known.Authority.Permissions.Holds) ? Of(request, "roles", name) : null;

    private static string? Of(HubRequest request, string path, string name) =>
        AdminUrl.IsUnreachable(name) ? null : AdminUrl.Of(request.Addresses.HubPath, path, name);
}
