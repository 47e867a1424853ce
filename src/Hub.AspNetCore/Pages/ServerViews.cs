using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Turns what is known of a server into what pages show.</summary>
internal sealed class ServerViews(ServerSupervisor supervisor, PendingActivity activity, HubAddresses addresses)
{
    public ServerView Of(string userName, string serverName, HubSpawner? row)
    {
        var status = supervisor.GetStatus(userName, serverName);
        return new ServerView
        {
            State = StateOf(status),
            StateClass = status.IsReady ? "ready" : status.Pending is not null ? "pending" : status.Failure is null ? "" : "failed",
            IsReady = status.IsReady,
            IsPending = status.Pending is not null,
            Url = PathNames.ServerPath(addresses.BasePath, userName, serverName),
            PendingUrl = PageOf("spawn-pending", userName, serverName),
            StartAction = PageOf("spawn", userName, serverName),
            StopAction = PageOf("stop", userName, serverName),
            Started = row?.Started,
            LastActivity = row is null ? null : activity.OfSpawner(row.Id, row.LastActivity),
            Failure = status.Failure?.Message,
        };
    }

    /// <summary>A page of the hub about one server: <c>hub/spawn/ada</c> or <c>hub/spawn/ada/lab</c>.</summary>
    public string PageOf(string page, string userName, string serverName) =>
        $"{addresses.HubPath}{page}/{PathNames.Escape(userName)}{(serverName.Length == 0 ? "" : "/" + PathNames.Escape(serverName))}";

    // Texts: "running", "starting", "stopping", "being checked", "being renamed", "stopped", "failed"
    private static string StateOf(ServerStatus status) => status.Phase switch
    {
        ServerPhase.Running => "running",
        ServerPhase.Starting => "starting",
        ServerPhase.Stopping => "stopping",
        ServerPhase.Checking => "being checked",
        ServerPhase.Renaming => "being renamed",
        _ => status.Failure is null ? "stopped" : "failed",
    };
}
