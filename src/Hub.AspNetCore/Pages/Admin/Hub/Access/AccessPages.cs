using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Access;

/// <summary>Questions about permissions. Each stands in its address, so that it can be linked.</summary>
internal static class AccessPages
{
    public static void Map(HubRouteTable routes) =>
        routes.Admin("GET", "admin/access", "Admin/Access").RequireAnyHolding("read:roles", "read:roles:users", "read:roles:groups", "read:roles:services");
}
