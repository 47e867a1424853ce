using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Spawn;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>The hub's pages by their paths (contract 9).</summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = ["GET", "POST"];

    public static void Map(HubRouteTable routes)
    {
        routes.Page("GET", "", Root).AllowAnonymous();
        routes.Page("GET", "login", PageRunner.Show("Login")).AllowAnonymous();

        // A form that has expired is shown again instead of an error, so the page checks it.
        routes.Page("POST", "login", PageRunner.Show("Login")).AllowAnonymous().ExemptFromXsrf();
        routes.Page("GET", "logout", SignOut.RunAsync).AllowAnonymous();
        routes.Page("GET", "user-redirect/{*path}", RedirectToOwnServer);
        routes.Page("GET", "accept-share", AcceptSharePage.ShowAsync);
        routes.Page("POST", "accept-share", AcceptSharePage.AcceptAsync);
        routes.Page("GET", "error/{code}", ShowError).AllowAnonymous();
        MapServerPages(routes);
    }

    private static void MapServerPages(HubRouteTable routes)
    {
        foreach (var method in Methods)
        {
            routes.Page(method, "spawn", SpawnPage.RunAsync);
        }

        foreach (var server in new[] { "{user}", "{user}/{server}" })
        {
            foreach (var method in Methods)
            {
                routes.Page(method, $"spawn/{server}", SpawnPage.RunAsync).RequireScopes(ResourceKind.Server, "servers");
            }

            routes.Page("POST", $"stop/{server}", StopPage.RunAsync).RequireScopes(ResourceKind.Server, "delete:servers");
            routes.Page("GET", $"spawn-pending/{server}", PageRunner.Show("SpawnPending")).RequireScopes(ResourceKind.Server, "servers");
        }
    }

    private static Task Root(HubRequest request)
    {
        if (request.Get<JupyterHubOptions>().DefaultUrl is { Length: > 0 } chosen)
        {
            return request.RedirectAsync(chosen);
        }

        return request.RedirectAsync(request.Requester is { } known
            ? request.Get<NextAddress>().AfterSignIn(request, known.Name, request.Query("next"))
            : LoginAddress.For(request));
    }

    /// <summary>A link that works for everybody: to the same path below one's own server, started if need be.</summary>
    private static Task RedirectToOwnServer(HubRequest request)
    {
        var options = request.Get<JupyterHubOptions>();
        var name = options.AllowNamedServers ? options.DefaultServerName : "";
        var own = PathNames.ServerPath(request.Addresses.BasePath, request.Known.Name, name) + request.Value("path") + request.Http.Request.QueryString;
        return request.RedirectAsync($"{request.Get<ServerViews>().PageOf("spawn", request.Known.Name, name)}?next={Uri.EscapeDataString(own)}");
    }

    /// <summary>What an external proxy shows to its visitors; it keeps the status itself.</summary>
    private static Task ShowError(HubRequest request)
    {
        var code = int.TryParse(request.Value("code"), out var number) && number is >= 100 and < 1000 ? number : throw HubHttpException.NotFound("There is no such error.");
        return request.Get<ErrorWriter>().ShowAsync(request, new ShownError(code) { ResponseStatus = 200, Address = request.Query("url") ?? "", IsOfServer = true });
    }
}
