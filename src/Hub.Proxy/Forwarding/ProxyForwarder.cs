using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Sends requests that have a route to their server, streaming in both directions and buffering nothing.</summary>
internal sealed class ProxyForwarder(YarpForwarder yarp, LoopGuard loops, IProxyErrorPage errorPage, ILogger<ProxyForwarder> logger)
{
    /// <summary>Sends a request to a route's server and the answer, or an error page, to the client. Call it before anything is set on the response.</summary>
    public async Task<ForwardResult> ForwardAsync(HttpContext context, RequestTarget target, RouteEntry route)
    {
        if (IsFramedAmbiguously(context.Request))
        {
            // What follows on the connection may be the body of this one.
            context.Response.Headers.Connection = "close";
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return ForwardResult.BadRequest;
        }

        if (loops.IsLooping(context))
        {
            Log.Looping(logger, route.Routespec.Text, route.Target);
            await FailAsync(context, new ProxyFailure(route, StatusCodes.Status508LoopDetected));
            return ForwardResult.Looping;
        }

        LiftLimits(context);
        TrackActivity(context, route.Activity);
        var responseBody = context.Response.Body;
        var error = await yarp.SendAsync(context, target, route, CancellationToken.None);
        if (error == ForwarderError.None)
        {
            // Redirects and refusals are no use of the server, and a flood of them must not keep it alive.
            if (context.Response.StatusCode < 300)
            {
                route.Activity.Mark();
            }

            return ForwardResult.Forwarded;
        }

        return await ConcludeAsync(context, route, error, responseBody);
    }

    private async Task<ForwardResult> ConcludeAsync(HttpContext context, RouteEntry route, ForwarderError error, Stream responseBody)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return ForwardResult.ClientGone;
        }

        if (context.Response.HasStarted)
        {
            Log.Interrupted(logger, route.Routespec.Text, error);
            return ForwardResult.Interrupted;
        }

        if (error == ForwarderError.RequestBodyClient)
        {
            return ForwardResult.BadRequest;
        }

        var failure = new ProxyFailure(route, error == ForwarderError.RequestTimedOut ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status503ServiceUnavailable);
        Log.Unavailable(logger, route.Routespec.Text, route.Target, error, CauseOf(context)?.GetType().Name);
        context.Response.Body = responseBody;
        await FailAsync(context, failure);
        return ForwardResult.Unavailable;
    }

    private Task FailAsync(HttpContext context, ProxyFailure failure)
    {
        context.Response.Clear();
        context.Response.StatusCode = failure.StatusCode;
        return errorPage.WriteAsync(context, failure);
    }

    // A message with both Content-Length and Transfer-Encoding is an attempt to be read as two (RFC 9112, 6.1). Kestrel
    // reads it by the latter and renames the former. A list of codings is read differently by everybody, a coding in
    // HTTP/1.0 by nobody who keeps to the letter.
    private static bool IsFramedAmbiguously(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.TransferEncoding.Count > 0
            && (headers.ContentLength is not null
                || headers.ContainsKey("X-Content-Length")
                || !string.Equals(headers.TransferEncoding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase)
                || HttpProtocol.IsHttp10(request.Protocol));
    }

    private static Exception? CauseOf(HttpContext context) => context.Features.Get<IForwarderErrorFeature>()?.Exception;

    // A server behind the proxy has its own limits; the hub's would cut off uploads and computations.
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } statusPages)
        {
            statusPages.Enabled = false;
        }

        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
    }

    private static void TrackActivity(HttpContext context, RouteActivity activity)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            context.Request.Body = new ActivityStream(context.Request.Body, activity);
        }

        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new TrackedUpgrade(upgrade, activity));
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            context.Features.Set<IHttpExtendedConnectFeature>(new TrackedConnect(connect, activity));
        }
    }
}
