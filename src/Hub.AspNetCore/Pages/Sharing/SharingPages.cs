using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Rbac.Permissions;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>Sharing one's servers with others.</summary>
internal static class SharingPages
{
    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "sharing", PageRunner.Show("Sharing/Overview"));
        routes.Page("POST", "sharing", LeaveForm.RunAsync);
        routes.Page("GET", "sharing-names", RecipientSuggestions.RunAsync).RequireAnyHolding("shares");
        foreach (var path in new[] { "sharing/{user}", "sharing/{user}/{server}" })
        {
            routes.Page("GET", path, ShowAsync).RequireScopes(ResourceKind.Server, "read:shares");
            routes.Page("POST", path, ServerSharingForms.RunAsync).RequireScopes(ResourceKind.Server, "shares");
        }
    }

    public static void AddServices(IServiceCollection services) => services.AddSingleton<ServerPermissions>();

    /// <summary>The address has no room for more segments: a server could have their name.</summary>
    private static Task ShowAsync(HubRequest request) => PageRunner.Show(request.Query("link") is null ? "Sharing/Server" : "Sharing/LinkUses")(request);
}
