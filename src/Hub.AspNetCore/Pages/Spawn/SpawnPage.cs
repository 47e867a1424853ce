using System.Globalization;
using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Starts a server from the browser (contract 9, <c>hub/spawn</c>): by its button, by its form, or by a link that was followed.</summary>
internal static class SpawnPage
{
    /// <summary>How long an immediate failure is waited for, so that it is shown at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(HubRequest request)
    {
        var key = new ServerKey(request.Value("user") is { Length: > 0 } named ? named : request.Known.Name, request.Value("server"));
        var isSubmitted = HttpMethods.IsPost(request.Http.Request.Method);
        var status = request.Get<ServerSupervisor>().GetStatus(key.UserName, key.ServerName);
        RefuseUnlessAllowed(request, key);
        if (status.IsActive && isSubmitted)
        {
            throw status.IsReady ? ServerOperationException.AlreadyRunning(key) : ServerOperationException.Pending(key, status);
        }

        if (status.IsReady)
        {
            await request.RedirectAsync(NextAddress.Or(request, PathNames.ServerPath(request.Addresses.BasePath, key.UserName, key.ServerName)));
        }
        else if (status.IsActive)
        {
            await request.RedirectAsync(PendingAddress(request, key));
        }
        else
        {
            await StartOrAskAsync(request, key, isSubmitted);
        }
    }

    private static async Task StartOrAskAsync(HubRequest request, ServerKey key, bool isSubmitted)
    {
        var input = await SpawnInput.ReadAsync(request, key);
        var forms = request.Get<SpawnForms>();
        var hasForm = await forms.HasOneAsync(key, request.Aborted);
        if (hasForm && input is { Fields: null, IsKept: false })
        {
            // A button that only says "start" leads to the form where there is something to choose.
            await (isSubmitted ? request.RedirectAsync(FormAddress(request, key, input), StatusCodes.Status303SeeOther) : ShowAsync(request, await forms.AskAsync(key, input, request.Aborted)));
            return;
        }

        RefuseUnlessMeant(request, isSubmitted);
        try
        {
            await StartAsync(request, key, input);
        }
        catch (ServerOperationException refused) when (hasForm && refused.Kind is not (ServerOperationError.NotFound or ServerOperationError.OwnedElsewhere))
        {
            await ShowAsync(request, await forms.AskAgainAsync(key, input, refused, request.Aborted), refused);
            return;
        }

        await request.RedirectAsync(PendingAddress(request, key));
    }

    private static Task ShowAsync(HubRequest request, SpawnForm form, ServerOperationException? refused = null)
    {
        request.Http.Features.Set(form);
        request.Http.Response.StatusCode = refused is null ? StatusCodes.Status200OK : ServerErrors.StatusOf(refused);
        if (refused?.RetryAfter is { } seconds)
        {
            request.Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return request.Get<PageRunner>().RunAsync(request.Http, "Spawn");
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

    private static async Task StartAsync(HubRequest request, ServerKey key, SpawnInput input)
    {
        var options = input.Fields is { } fields ? await request.Get<SpawnForms>().ReadAsync(fields, request.Aborted) : null;
        ServerOperation operation;
        try
        {
            operation = await request.Get<ServerSupervisor>().StartAsync(key.UserName, key.ServerName, new ServerChoices(input.DisplayName, options), request.Aborted);
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

    private static string PendingAddress(HubRequest request, ServerKey key)
    {
        var page = request.Get<ServerViews>().PageOf("spawn-pending", key.UserName, key.ServerName);
        var kept = NextUrl.AppendQuery(page, request.Target.RawQuery.ToString(), SpawnInput.DisplayNameField);
        return NextAddress.Safe(request) is { } next ? FormEncoding.AppendToQuery(kept, [new("next", next)]) : kept;
    }

    private static string FormAddress(HubRequest request, ServerKey key, SpawnInput input)
    {
        List<KeyValuePair<string, string>> kept = [];
        if (input.DisplayName is { } displayName)
        {
            kept.Add(new(SpawnInput.DisplayNameField, displayName));
        }

        if (NextAddress.Safe(request) is { } next)
        {
            kept.Add(new("next", next));
        }

        return FormEncoding.AppendToQuery(request.Get<ServerViews>().PageOf("spawn", key.UserName, key.ServerName), kept);
    }
}
