using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Shows somebody's servers to somebody else: their states as far as they may be seen, and the actions that are permitted.</summary>
internal sealed class AdminServerViews(ServerSupervisor supervisor, PendingActivity activity, HubAddresses addresses, JupyterHubOptions options, PageTexts texts)
{
    /// <param name="userName">The owner.</param>
    /// <param name="row">The server; null for a default server that was never started.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="isStateVisible">The viewer may know how the server is, by a scope for its owner.</param>
    public AdminServerView Of(string userName, HubSpawner? row, Requester viewer, bool isStateVisible)
    {
        var name = row?.Name ?? "";
        var server = Resource.Server(userName, name);
        var status = supervisor.GetStatus(userName, name);
        var isElsewhere = !status.IsActive && row?.ServerId is not null;
        var isVisible = isStateVisible || viewer.Allows("read:servers", server);
        return Actions(userName, name, viewer, status, isVisible, isElsewhere) with
        {
            DisplayName = row?.DisplayName is { Length: > 0 } shown && shown != name ? shown : null,
            State = isVisible ? isElsewhere ? texts["running on another hub"] : StateOf(status) : null,
            StateClass = !isVisible ? "" : status.IsReady || isElsewhere ? "ready" : status.IsActive ? "pending" : status.Failure is null ? "" : "failed",
            IsActive = isVisible && (status.IsActive || isElsewhere),
            Started = isVisible ? row?.Started : null,
            LastActivity = isVisible && row is not null ? activity.OfSpawner(row.Id, row.LastActivity) : null,
            Failure = isVisible && !status.IsActive ? status.Failure?.Message : null,
        };
    }

    /// <summary>Whoever may not know the state may try both; the hub tells what it could not do.</summary>
    private AdminServerView Actions(string userName, string name, Requester viewer, ServerStatus status, bool isVisible, bool isElsewhere)
    {
        var server = Resource.Server(userName, name);
        var isUsable = name.Length == 0 || options.AllowNamedServers;
        var isRunning = status.IsReady || isElsewhere;
        var mayStart = isUsable && (!isVisible || (!status.IsActive && !isElsewhere)) && viewer.Allows("start:servers", server);
        var mayStop = isUsable && (!isVisible || isRunning || status.Phase == ServerPhase.Starting) && viewer.Allows("delete:servers", server);
        var path = $"{addresses.HubPath}admin/users/{PathNames.Escape(userName)}/{(name.Length == 0 ? "server" : "servers/" + PathNames.Escape(name))}";
        return new AdminServerView
        {
            Name = name,
            OpenUrl = isVisible && isRunning && viewer.Allows("access:servers", server) ? PathNames.ServerPath(addresses.BasePath, userName, name) : null,
            StartAction = mayStart ? path + "/start" : null,
            StopAction = mayStop ? path + "/stop" : null,
            DeleteAction = name.Length > 0 && isUsable && viewer.Allows("delete:servers", server) ? path + "/delete" : null,
        };
    }

    private string StateOf(ServerStatus status) => status.Phase switch
    {
        ServerPhase.Running => texts["running"],
        ServerPhase.Starting => texts["starting"],
        ServerPhase.Stopping => texts["stopping"],
        ServerPhase.Checking => texts["being checked"],
        ServerPhase.Renaming => texts["being renamed"],
        _ => status.Failure is null ? texts["stopped"] : texts["failed"],
    };
}
