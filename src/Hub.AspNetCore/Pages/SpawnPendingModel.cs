using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Shows a start while it is under way, its failure, or a stop.</summary>
internal sealed class SpawnPendingModel(ServerSupervisor supervisor, ServerModels models, ServerViews views) : HubPageModel
{
    private string userName = "";
    private string serverName = "";
    private ServerStatus status = ServerStatus.Stopped;

    public bool IsStarting => status.Phase is ServerPhase.Starting or ServerPhase.Checking;

    public bool IsRenaming => status.Phase == ServerPhase.Renaming;

    public bool IsStopping => status.Phase == ServerPhase.Stopping;

    public string? Failure => status.Phase == ServerPhase.Stopped ? status.Failure?.Message : null;

    public string Title => status.Phase switch
    {
        ServerPhase.Stopping => "Your server is stopping",
        ServerPhase.Renaming => "Your server is being renamed",
        ServerPhase.Stopped when Failure is not null => "Your server did not start",
        ServerPhase.Stopped => "Your server is not running",
        _ => "Your server is starting",
    };

    public string NextUrl => NextAddress.Safe(Hub) ?? "";

    /// <summary>The event stream; a script cannot add a header to it, so the token travels in the query.</summary>
    public string ProgressUrl =>
        $"{HubPath}api/users/{PathNames.Escape(userName)}/{(serverName.Length == 0 ? "server" : "servers/" + PathNames.Escape(serverName))}/progress?_xsrf={Uri.EscapeDataString(XsrfToken)}";

    public string StartAction => views.PageOf("spawn", userName, serverName) + NextQuery;

    public string StopAction => views.PageOf("stop", userName, serverName);

    private string NextQuery => NextUrl.Length == 0 ? "" : "?next=" + Uri.EscapeDataString(NextUrl);

    public async Task<IActionResult> OnGetAsync()
    {
        userName = Hub.Value("user");
        serverName = Hub.Value("server");
        status = supervisor.GetStatus(userName, serverName);
        if (status.IsReady)
        {
            return Redirect(NextAddress.Or(Hub, PathNames.ServerPath(Hub.Addresses.BasePath, userName, serverName)));
        }

        if (!status.IsActive && await models.LoadAsync(new ServerKey(userName, serverName), Hub.Aborted) is null)
        {
            throw HubHttpException.NotFound($"{userName} has no such server {LogText.Bound(serverName)}");
        }

        return Failure is null ? Page() : PageWith(500);
    }
}
