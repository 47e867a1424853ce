using JupyterHub.AspNetCore.Pages.Admin.Tokens;
using JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Administration of users, their servers and everybody's tokens.</summary>
internal static class AdminUserPages
{
    private const string User = "admin/users/{user}";

    public static void Map(HubRouteTable routes)
    {
        Page(routes, "GET", "admin", PageRunner.Show("Admin/Users"));
        Page(routes, "GET", "admin/add-users", PageRunner.Show("Admin/AddUsers"));
        Page(routes, "POST", "admin/add-users", PageRunner.Show("Admin/AddUsers"));
        Page(routes, "GET", User, PageRunner.Show("Admin/User"));
        Page(routes, "GET", $"{User}/edit", PageRunner.Show("Admin/EditUser"));
        Page(routes, "POST", $"{User}/edit", PageRunner.Show("Admin/EditUser"));
        Page(routes, "POST", $"{User}/delete", UserActions.DeleteAsync);
        Page(routes, "POST", $"{User}/sign-out", UserActions.SignOutAsync);
        foreach (var server in new[] { $"{User}/server", $"{User}/servers/{{server}}" })
        {
            Page(routes, "POST", $"{server}/start", ServerActions.StartAsync);
            Page(routes, "POST", $"{server}/stop", ServerActions.StopAsync);
        }

        Page(routes, "POST", $"{User}/servers/{{server}}/delete", ServerActions.DeleteAsync);
        Page(routes, "POST", "admin/stop-servers", StopServersPage.AskAsync);
        Page(routes, "GET", "admin/stop-servers/{stop}", PageRunner.Show("Admin/StopServers"));
        Page(routes, "GET", "admin/tokens", PageRunner.Show("Admin/Tokens"));
        Page(routes, "POST", "admin/tokens/{token}/revoke", TokenRevocation.RunAsync);
    }

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AdminServerViews>();
        services.AddSingleton<UserRows>();
        services.AddSingleton<TokenRows>();
        services.AddSingleton<ServerStops>();
    }

    private static void Page(HubRouteTable routes, string method, string pattern, Func<HubRequest, Task> handler) =>
        routes.Page(method, pattern, handler).RequireScopes(null, "admin-ui");
}
