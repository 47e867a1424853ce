using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>The proxy's routes, and the hub itself.</summary>
internal static class StatePages
{
    private const string Servers = "servers";

    public static void Map(HubRouteTable routes)
    {
        routes.Admin("GET", "admin/routes", "Admin/Routes").RequireScopes(null, "proxy");
        routes.Admin("POST", "admin/routes/check", CheckAsync).RequireScopes(null, "proxy");
        routes.Admin("GET", "admin/hub", "Admin/Hub").RequireScopes(null, "read:hub");
        routes.Admin("POST", "admin/hub/shutdown", ShutdownAsync).RequireScopes(null, "shutdown");
    }

    private static async Task CheckAsync(HubRequest request)
    {
        var texts = request.Get<PageTexts>();
        var before = await request.Get<RouteReports>().ReadAsync(request.Aborted);
        await request.Get<RouteCheck>().RunAsync(request.Aborted);
        var wrong = before.Count(route => route.State is RouteState.Missing or RouteState.Stale or RouteState.WrongTarget);
        await request.Get<PageNotices>().RedirectAsync(request, AdminUrl.Of(request.Addresses.HubPath, "routes"), wrong switch
        {
            0 => texts["The routes were checked: all of them were right."],
            1 => texts["The routes were checked; one was put right."],
            _ => texts["The routes were checked; {0} were put right.", wrong],
        });
    }

    private static async Task ShutdownAsync(HubRequest request)
    {
        bool? stops = await request.FormValueAsync(Servers) switch { "stop" => true, "leave" => false, _ => null };
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await ConfirmModel.AskAsync(request, Question(request, stops));
            return;
        }

        ShutdownEndpoints.Begin(request, stops);
        request.Http.Response.StatusCode = 202;
        await request.Get<PageRunner>().RunAsync(request.Http, "Admin/ShuttingDown");
    }

    private static ConfirmView Question(HubRequest request, bool? stops)
    {
        var texts = request.Get<PageTexts>();
        var active = request.Get<ServerSupervisor>().Statuses.Count(status => status.IsActive);
        return new ConfirmView
        {
            Title = texts["Shut the hub down"],
            Question = texts["Shut the hub down? Nobody can sign in or start a server until it is started again."],
            Details =
            [
                active == 1 ? texts["One server runs or is being started."] : texts["{0} servers run or are being started.", active],
                stops switch
                {
                    true => texts["They are stopped; what is not saved in them is lost."],
                    false => texts["They go on, and the next start of the hub finds them again."],
                    _ => texts["What becomes of them is as the configuration says (JupyterHub:CleanupServers)."],
                },
            ],
            Button = texts["Shut the hub down"],
            Fields = [new(Servers, stops switch { true => "stop", false => "leave", _ => "" })],
            CancelUrl = AdminUrl.Of(request.Addresses.HubPath, "hub"),
        };
    }
}
