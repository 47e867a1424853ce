using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Pages;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Data;
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

        var (status, message, retryAfter) = Describe(request, problem);
        RequiredScopes.Show(request.Http.Response, status, problem);
        if (retryAfter is { } seconds)
        {
            request.Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(request, status, message);
    }

    public Task WriteAsync(HubRequest request, int status, string? message)
    {
        if (request.Route.Kind == HubRouteKind.Api)
        {
            var reason = ReasonPhrases.GetReasonPhrase(status);
            return request.JsonAsync(status, new JsonObject { ["status"] = status, ["message"] = string.IsNullOrEmpty(message) ? reason : message });
        }

        return ShowAsync(request, new ShownError(status, message));
    }

    public async Task ShowAsync(HubRequest request, ShownError error)
    {
        request.Http.Features.Set(error);
        request.Http.Response.StatusCode = error.ResponseStatus ?? error.Status;
        try
        {
            await pages.RunAsync(request.Http, "Error");
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

    private (int Status, string? Message, int? RetryAfter) Describe(HubRequest request, Exception problem)
    {
        switch (problem)
        {
            case HubHttpException http:
                return (http.Status, http.Message, http.RetryAfter);
            case ServerOperationException refused:
                var status = ServerErrors.StatusOf(refused);
                return (status, refused.Message, refused.RetryAfter);
            case DatabaseBusyException:
                Log.Failed(logger, problem, request.Route.Method, request.Route.Pattern);
                return (503, "The hub's database is busy. Try again in a moment.", 5);
            case BadHttpRequestException bad:
                return (bad.StatusCode, ReasonPhrases.GetReasonPhrase(bad.StatusCode), null);
            default:
                Log.Failed(logger, problem, request.Route.Method, request.Route.Pattern);
                return (500, ReasonPhrases.GetReasonPhrase(500), null);
        }
    }
}
