using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Shows a start while it is under way, its failure, or a stop.</summary>
internal sealed class SpawnPendingModel(
    ServerSupervisor supervisor, ServerModels models, ServerViews views, ServerSentences sentences, SpawnForms forms, PageNotices notices, TimeProvider time) : HubPageModel
{
    /// <summary>In the query of somebody who waits for the end of a stop, and then has nothing more to do with the server.</summary>
    public const string UntilStopped = "until=stopped";

    private ServerKey key;
    private string label = "";
    private ServerStatus status = ServerStatus.Stopped;

    public bool IsStarting => status.Phase == ServerPhase.Starting;

    /// <summary>Something else than a start is under way, of which nobody tells how far it is.</summary>
    public bool IsBusy => status.Phase is ServerPhase.Checking or ServerPhase.Renaming or ServerPhase.Stopping;

    /// <summary>Why the last start failed, in a line.</summary>
    public string? Failure => FailureText?.Split('\n', 2)[0];

    /// <summary>What comes after that line, such as the end of a log.</summary>
    public string? FailureDetails => FailureText?.Split('\n', 2) is [_, var rest] && !string.IsNullOrWhiteSpace(rest) ? rest : null;

    public bool HasForm { get; private set; }

    public IReadOnlyList<ProgressEvent> Events { get; private set; } = [];

    public int Percent => Events.Count == 0 ? 0 : Events.Max(step => step.Percent);

    /// <summary>Seconds since the start began, so that a page that is loaded later counts on from there.</summary>
    public long Elapsed => status.Started is { } started ? Math.Max(0, (long)(time.GetUtcNow().UtcDateTime - started).TotalSeconds) : 0;

    public bool MayStop => Allows("delete:servers", Resource.Server(key.UserName, key.ServerName));

    public Sentence Heading => status.Phase switch
    {
        ServerPhase.Starting => Sentence("Your server is starting", "Your server {0} is starting", "The server of {0} is starting", "The server {0} of {1} is starting"),
        ServerPhase.Stopping => Sentence("Your server is stopping", "Your server {0} is stopping", "The server of {0} is stopping", "The server {0} of {1} is stopping"),
        ServerPhase.Renaming => Sentence("Your server is being renamed", "Your server {0} is being renamed", "The server of {0} is being renamed", "The server {0} of {1} is being renamed"),
        ServerPhase.Checking => Sentence("Your server is being checked", "Your server {0} is being checked", "The server of {0} is being checked", "The server {0} of {1} is being checked"),
        _ when Failure is not null => Sentence("Your server did not start", "Your server {0} did not start", "The server of {0} did not start", "The server {0} of {1} did not start"),
        _ => Sentence("Your server is not running", "Your server {0} is not running", "The server of {0} is not running", "The server {0} of {1} is not running"),
    };

    public string NextUrl => NextAddress.Safe(Hub) ?? "";

    /// <summary>The event stream; a script cannot add a header to it, so the token travels in the query.</summary>
    public string ProgressUrl =>
        $"{HubPath}api/users/{PathNames.Escape(key.UserName)}/{(key.ServerName.Length == 0 ? "server" : "servers/" + PathNames.Escape(key.ServerName))}/progress?_xsrf={Uri.EscapeDataString(XsrfToken)}";

    public string StartAction => views.PageOf("spawn", key.UserName, key.ServerName) + NextQuery;

    public string StopAction => views.PageOf("stop", key.UserName, key.ServerName);

    /// <summary>Where a page that waits looks again.</summary>
    public string AgainUrl => status.Phase == ServerPhase.Checking ? Hub.Target.PathAndQuery : $"{views.PageOf("spawn-pending", key.UserName, key.ServerName)}?{UntilStopped}";

    private string? FailureText => status.Phase == ServerPhase.Stopped ? status.Failure?.Message : null;

    private string NextQuery => NextUrl.Length == 0 ? "" : "?next=" + Uri.EscapeDataString(NextUrl);

    private bool WaitsForStop => Hub.Query("until") == "stopped";

    public async Task<IActionResult> OnGetAsync()
    {
        key = new ServerKey(Hub.Value("user"), Hub.Value("server"));
        status = supervisor.GetStatus(key.UserName, key.ServerName);
        Events = supervisor.ProgressOf(key.UserName, key.ServerName);
        var row = await models.LoadAsync(key, Hub.Aborted);
        label = row?.DisplayName is { Length: > 0 } shown ? shown : key.ServerName;
        if (WaitsForStop && (status.IsReady || !status.IsActive))
        {
            await LeaveAsync();
            return new EmptyResult();
        }

        if (status.IsReady)
        {
            return Redirect(NextAddress.Or(Hub, PathNames.ServerPath(Hub.Addresses.BasePath, key.UserName, key.ServerName)));
        }

        if (row is null && !status.IsActive)
        {
            throw HubHttpException.NotFound($"{LogText.Bound(key.UserName)} has no such server {LogText.Bound(key.ServerName)}");
        }

        HasForm = !status.IsActive && await forms.HasOneAsync(key, Hub.Aborted);
        return Failure is null ? Page() : PageWith(500);
    }

    private Task LeaveAsync() => notices.RedirectAsync(
        Hub,
        HubPath + "home",
        status.IsReady
            ? ServerSentences.Plain(Sentence("Your server runs.", "Your server {0} runs.", "The server of {0} runs.", "The server {0} of {1} runs."))
            : ServerSentences.Plain(Sentence("Your server was stopped.", "Your server {0} was stopped.", "The server of {0} was stopped.", "The server {0} of {1} was stopped.")),
        isError: status.IsReady);

    private Sentence Sentence(string own, string ownNamed, string others, string othersNamed) =>
        sentences.Of(Hub, key, label, own, ownNamed, others, othersNamed);
}
