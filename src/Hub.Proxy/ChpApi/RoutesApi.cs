using JupyterHub.Core.Addressing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Proxy.Standalone.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>The API of configurable-http-proxy: <c>/api/routes</c>.</summary>
internal sealed class RoutesApi(ChpRoutes routes, ApiToken token, bool hostRouting, ProxyMetrics metrics, ILogger<RoutesApi> logger)
{
    private const int FirstSegment = 2;

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (ChpApiException problem)
        {
            await FailAsync(context, problem.StatusCode, problem.Message);
        }
        catch (BadHttpRequestException problem)
        {
            await FailAsync(context, problem.StatusCode, "The request could not be read.");
        }
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, problem);
            await FailAsync(context, StatusCodes.Status500InternalServerError, "Internal Server Error");
        }

        Note(context);
    }

    private void Note(HttpContext context)
    {
        var status = context.Response.StatusCode;
        metrics.ApiAnswered(status);
        var level = status < 400 ? LogLevel.Information : status < 500 ? LogLevel.Warning : LogLevel.Error;
        if (logger.IsEnabled(level))
        {
            var method = LogText.Bound(context.Request.Method);
            var path = LogText.Bound(context.Request.Path.Value);
            Log.Answered(logger, level, status, method, path);
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        if (!RequestTarget.TryParse(context.Features.Get<IHttpRequestFeature>()?.RawTarget, out var target, out var error))
        {
            return FailAsync(context, StatusCodes.Status400BadRequest, error.Describe());
        }

        if (target.SegmentCount < FirstSegment || target.RawSegment(0) is not "api" || target.RawSegment(1) is not "routes")
        {
            return FailAsync(context, StatusCodes.Status404NotFound, "Not Found");
        }

        var method = context.Request.Method;
        var isKnown = HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsDelete(method);
        if (!isKnown)
        {
            return FailAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not supported");
        }

        if (!token.IsIn(context.Request.Headers.Authorization))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        if (!ChpPath.TryCreate(target, FirstSegment, hostRouting, out var path, out var problem))
        {
            return FailAsync(context, StatusCodes.Status400BadRequest, problem);
        }

        return HttpMethods.IsGet(method) ? GetAsync(context, target, path)
            : HttpMethods.IsPost(method) ? PostAsync(context, path)
            : DeleteAsync(context, path);
    }

    private async Task GetAsync(HttpContext context, RequestTarget target, ChpPath path)
    {
        if (path.Text != "/")
        {
            await GetOneAsync(context, path);
            return;
        }

        var inactiveSince = RoutesQuery.ReadInactiveSince(target.RawQuery);
        metrics.RoutesListed();
        await RouteListing.WriteAsync(context, routes.List(), inactiveSince);
    }

    private async Task GetOneAsync(HttpContext context, ChpPath path)
    {
        if (routes.Find(path) is not { } route)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = RouteListing.ContentType;
        route.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task PostAsync(HttpContext context, ChpPath path)
    {
        var body = await RequestBody.ReadAsync(context);
        var data = ChpRouteData.Read(body, path.Host);
        await routes.SetAsync(path, data);
        Log.RouteAdded(logger, LogText.Bound(path.Text), LogText.Bound(data.Target.ToString()));
        metrics.RouteAdded();
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private async Task DeleteAsync(HttpContext context, ChpPath path)
    {
        var isGone = await routes.RemoveAsync(path);
        if (isGone)
        {
            Log.RouteRemoved(logger, LogText.Bound(path.Text));
        }

        metrics.RouteDeleted();
        context.Response.StatusCode = isGone ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    private static Task FailAsync(HttpContext context, int statusCode, string message)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        context.Response.Clear();
        context.Response.StatusCode = statusCode;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(message, context.RequestAborted);
    }
}
