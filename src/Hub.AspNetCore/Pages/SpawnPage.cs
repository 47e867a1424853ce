using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>Starts a server from the browser (contract 9, <c>hub/spawn</c>): by its button, or by a link that was followed.</summary>
internal static class SpawnPage
{
    /// <summary>How long an immediate failure is waited for, so that it is shown at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(HubRequest request)
    {
        var userName = request.Value("user") is { Length: > 0 } named ? named : request.Known.Name;
        var supervisor = request.Get<ServerSupervisor>();
        var isSubmitted = HttpMethods.IsPost(request.Http.Request.Method);
        var status = supervisor.GetStatus(userName, "");
        RefuseUnlessAllowed(request, userName);
        if (status.IsActive && isSubmitted)
        {
            var key = new ServerKey(userName, "");
            throw status.IsReady ? ServerOperationException.AlreadyRunning(key) : ServerOperationException.Pending(key, status);
        }

        if (status.IsReady)
        {
            await request.RedirectAsync(NextAddress.Or(request, PathNames.UserPath(request.Addresses.BasePath, userName)));
            return;
        }

        if (!status.IsActive)
        {
            RefuseUnlessMeant(request, isSubmitted);
            await StartAsync(request, supervisor, userName);
        }

        await request.RedirectAsync(PendingAddress(request, userName));
    }

    /// <summary>The form without a name in its path has no name that the scope check could have looked at.</summary>
    private static void RefuseUnlessAllowed(HubRequest request, string userName)
    {
        if (!request.Known.Allows("servers", Resource.Server(userName, "")))
        {
            throw HubHttpException.Forbidden("Action is not authorized with current scopes; requires any of [servers]");
        }
    }

    /// <summary>A GET starts a server, which is what links are for; but only a person following one, not a page of somebody else's in the background.</summary>
    private static void RefuseUnlessMeant(HubRequest request, bool isSubmitted)
    {
        var headers = request.Http.Request.Headers;
        var isFollowed = headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && headers["Sec-Fetch-Dest"].ToString() is "" or "document";
        if (!isSubmitted && !isFollowed)
        {
            throw HubHttpException.Forbidden("A server is started by its button or by following a link.");
        }
    }

    private static async Task StartAsync(HubRequest request, ServerSupervisor supervisor, string userName)
    {
        ServerOperation operation;
        try
        {
            operation = await supervisor.StartAsync(userName, "", userOptions: null, request.Aborted);
        }
        catch (ServerOperationException refused) when (refused.Kind is ServerOperationError.AlreadyRunning or ServerOperationError.Pending)
        {
            // Another tab was faster: this one watches too.
            return;
        }

        try
        {
            await operation.Completion.WaitAsync(Patience, request.Get<TimeProvider>(), request.Aborted);
        }
        catch (TimeoutException)
        {
            // Under way; the next page shows how far it is, or why it failed.
        }
    }

    private static string PendingAddress(HubRequest request, string userName)
    {
        var page = request.Get<ServerViews>().PageOf("spawn-pending", userName, "");
        var kept = NextUrl.AppendQuery(page, request.Target.RawQuery.ToString());
        return NextAddress.Safe(request) is { } next ? FormEncoding.AppendToQuery(kept, [new("next", next)]) : kept;
    }
}
