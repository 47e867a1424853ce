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
        var key = new ServerKey(request.Value("user") is { Length: > 0 } named ? named : request.Known.Name, request.Value("server"));
        var supervisor = request.Get<ServerSupervisor>();
        var isSubmitted = HttpMethods.IsPost(request.Http.Request.Method);
        var status = supervisor.GetStatus(key.UserName, key.ServerName);
        RefuseUnlessAllowed(request, key);
        if (status.IsActive && isSubmitted)
        {
            throw status.IsReady ? ServerOperationException.AlreadyRunning(key) : ServerOperationException.Pending(key, status);
        }

        if (status.IsReady)
        {
            await request.RedirectAsync(NextAddress.Or(request, PathNames.ServerPath(request.Addresses.BasePath, key.UserName, key.ServerName)));
            return;
        }

        if (!status.IsActive)
        {
            RefuseUnlessMeant(request, isSubmitted);
            await StartAsync(request, supervisor, key);
        }

        await request.RedirectAsync(PendingAddress(request, key));
    }

    /// <summary>The form without a name in its path has no name that the scope check could have looked at.</summary>
    private static void RefuseUnlessAllowed(HubRequest request, ServerKey key)
    {
        if (!request.Known.Allows("servers", Resource.Server(key.UserName, key.ServerName)))
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

    private static async Task StartAsync(HubRequest request, ServerSupervisor supervisor, ServerKey key)
    {
        ServerOperation operation;
        try
        {
            operation = await supervisor.StartAsync(key.UserName, key.ServerName, new ServerChoices(DisplayName(request, key)), request.Aborted);
        }
        catch (ServerOperationException refused) when (refused.Kind is ServerOperationError.AlreadyRunning or ServerOperationError.Starting or ServerOperationError.Pending)
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

    /// <summary>A link may say how a named server is to be shown; a form does not.</summary>
    private static string? DisplayName(HubRequest request, ServerKey key) =>
        key.ServerName.Length > 0 && HttpMethods.IsGet(request.Http.Request.Method) ? request.Query("display_name") : null;

    private static string PendingAddress(HubRequest request, ServerKey key)
    {
        var page = request.Get<ServerViews>().PageOf("spawn-pending", key.UserName, key.ServerName);
        var kept = NextUrl.AppendQuery(page, request.Target.RawQuery.ToString(), "display_name");
        return NextAddress.Safe(request) is { } next ? FormEncoding.AppendToQuery(kept, [new("next", next)]) : kept;
    }
}
