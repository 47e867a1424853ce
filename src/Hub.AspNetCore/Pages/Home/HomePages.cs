using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>The home page and what its forms do to one's own servers. None of their paths names a user, so none can be turned on somebody else.</summary>
internal static class HomePages
{
    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "home", PageRunner.Show("Home"));
        routes.Page("POST", "home/new", PageRunner.Show("Home"));
        routes.Page("GET", "home/new", request => request.RedirectAsync(request.Addresses.HubPath + "home"));
        routes.Page("GET", "home/preview", NamePreview.AnswerAsync).WithoutActivity();
        routes.Page("GET", "home/state", ServerStates.AnswerAsync).WithoutActivity();
        routes.Page("GET", "home/rename/{server}", PageRunner.Show("RenameServer"));
        routes.Page("POST", "home/rename/{server}", PageRunner.Show("RenameServer"));
        routes.Page("POST", "home/delete/{server}", DeleteServerForm.RunAsync);
        routes.Page("POST", "home/leave/{owner}", LeaveShareForm.RunAsync);
        routes.Page("POST", "home/leave/{owner}/{server}", LeaveShareForm.RunAsync);
    }

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<HomeServers>();
        services.AddSingleton<SharedServers>();
        services.AddSingleton<ServiceLinks>();
    }
}
