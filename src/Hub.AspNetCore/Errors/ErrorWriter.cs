using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Pages;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Servers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Errors;

/// <summary>The one place where what went wrong becomes a status and a text: JSON for the API, a page for people (contract 1.2).</summary>
internal sealed class ErrorWriter(PageRunner pages, ILogger<ErrorWriter> logger)
{
    public async Task WriteAsync(HubRequest request, Exception problem)
    {
        if (request.Http.Response.HasStarted)
        {
            // Nothing true can be said any more; a broken connection at least does not look like a complete answer.
            Log.FailedMidway(logger, problem, request.Route.Pattern);
            request.Http.Abort();
            return;
        }

        var error = Describe(request, problem);
        RequiredScopes.Show(request.Http.Response, error.Status, problem);
        if (error.RetryAfter is { } seconds)
        {
            request.Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(request, error);
    }

    public async Task ShowAsync(HubRequest request, ShownError error)
    {
        request.Http.Features.Set(error);
        request.Http.Response.StatusCode = error.ResponseStatus ?? error.Status;
        try
        {
            await pages.RunAsync(request.Http, PageRunner.ErrorPage);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !request.Http.Response.HasStarted)
        {
            // The page itself is broken, perhaps a host's own: its reader is told the rest in plain words.
            Log.PageFailed(logger, problem);
            request.Http.Response.StatusCode = error.ResponseStatus ?? error.Status;
            request.Http.Response.ContentType = "text/plain; charset=utf-8";
            await request.Http.Response.WriteAsync($"{error.Status} {ReasonPhrases.GetReasonPhrase(error.Status)}\n{error.Message}\n", request.Aborted);
        }
    }

    private Task WriteAsync(HubRequest request, ShownError error)
    {
        if (request.Route.Kind != HubRouteKind.Api)
        {
            return ShowAsync(request, error);
        }

        var message = string.IsNullOrEmpty(error.Message) ? ReasonPhrases.GetReasonPhrase(error.Status) : error.Message;
        return request.JsonAsync(error.Status, new JsonObject { ["status"] = error.Status, ["message"] = message });
    }

    private ShownError Describe(HubRequest request, Exception problem)
    {
        switch (problem)
        {
            case HubHttpException http:
                return new(http.Status, http.Message) { RetryAfter = http.RetryAfter, RequiredScopes = http.RequiredScopes };
            case ServerOperationException refused:
                return new(ServerErrors.StatusOf(refused), refused.Message) { RetryAfter = refused.RetryAfter };
            case DatabaseBusyException:
                return new(503, "The hub's database is busy. Try again in a moment.") { RetryAfter = 5, RequestId = Note(request, problem) };
            case ProxyException:
                return new(503, "The proxy does not answer as it should. Try again in a moment.") { RetryAfter = 5, RequestId = Note(request, problem) };
            case BadHttpRequestException bad:
                return new(bad.StatusCode, ReasonPhrases.GetReasonPhrase(bad.StatusCode));
            default:
                return new(500, ReasonPhrases.GetReasonPhrase(500)) { RequestId = Note(request, problem) };
        }
    }

    /// <summary>Writes to the log what its reader is not told, under a name that both have.</summary>
    private string Note(HubRequest request, Exception problem)
    {
        var id = LogText.Bound(request.Http.TraceIdentifier);
        Log.Failed(logger, problem, request.Route.Method, request.Route.Pattern, id);
        return id;
    }
}
