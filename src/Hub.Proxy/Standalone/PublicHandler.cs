using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Standalone.ErrorPages;
using JupyterHub.Proxy.Standalone.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

/// <summary>What browsers reach: a health check, and behind it the servers that routes lead to.</summary>
internal sealed class PublicHandler(ChpRoutes routes, ProxyForwarder forwarder, ErrorPage errorPage, ProxyMetrics metrics, ILogger<PublicHandler> logger)
{
    private const string HealthPath = "/_chp_healthz";

    private readonly RouteTable table = routes.Table;

    public Task AnswerAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget == HealthPath)
        {
            return AnswerHealthAsync(context);
        }

        metrics.Received(context);
        if (!context.TryGetTarget(out var target, out _))
        {
            return FailAsync(context, StatusCodes.Status400BadRequest);
        }

        var started = metrics.StartMatching();
        var route = Match(target, context.Request.Host.Value);
        metrics.Matched(started);
        return route is null ? FailAsync(context, StatusCodes.Status404NotFound) : ForwardAsync(context, target, route);
    }

    private async Task ForwardAsync(HttpContext context, RequestTarget target, RouteEntry route)
    {
        try
        {
            await forwarder.ForwardAsync(context, target, route);
            metrics.Answered(context.Response.StatusCode);
        }
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, route.Routespec.Text, problem);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await FailAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private RouteEntry? Match(RequestTarget target, string? host)
    {
        // The API takes an escaped slash for a slash, so does whoever asks for its routes.
        if (target.RawPath.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            var plain = target.RawPath.ToString().Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            return RequestTarget.TryParse(plain, out var split, out _) ? table.Match(split, host) : null;
        }

        return table.Match(target, host);
    }

    private Task FailAsync(HttpContext context, int status)
    {
        metrics.Answered(status);
        context.Response.StatusCode = status;
        return errorPage.WriteAsync(context, status);
    }

    private static Task AnswerHealthAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"status":"OK"}""", context.RequestAborted);
    }
}
