using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>What happens on the hub, as it happens.</summary>
internal static class EventPages
{
    public static void Map(HubRouteTable routes)
    {
        routes.Admin("GET", "admin/events", "Admin/Events").RequireScopes(null, "read:hub");

        // A page that is left open is no activity of its reader.
        routes.Admin("GET", "admin/events/stream", EventStream.FollowAsync).RequireScopes(null, "read:hub").WithoutActivity();
    }
}
