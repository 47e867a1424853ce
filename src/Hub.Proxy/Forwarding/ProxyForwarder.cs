using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Proxy.Forwarding.Direct;
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
internal sealed class ProxyForwarder(
    DirectForwarder direct,
    YarpForwarder yarp,
    LoopGuard loops,
    WebSocketLimit webSockets,
    ForwardingOptions options,
    IProxyErrorPage errorPage,
    ILogger<ProxyForwarder> logger)
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

        var isWebSocket = WebSocketHandshake.Is(context);
        if (!isWebSocket && HttpMethods.IsConnect(context.Request.Method))
        {
            // No tunnels, and over HTTP/2 no protocol but WebSockets (RFC 8441, 4).
            context.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return ForwardResult.BadRequest;
        }

        if (!route.Lifetime.TryEnter(isWebSocket, options.MaxRequestsPerRoute ?? int.MaxValue, out var lease))
        {
            return await RefuseAsync(context, route);
        }

        using (lease)
        {
            if (!isWebSocket)
            {
                return await SendAsync(context, target, route, isWebSocket, lease.Cut);
            }

            if (!webSockets.TryEnter())
            {
                return await RefuseAsync(context, route);
            }

            try
            {
                return await SendAsync(context, target, route, isWebSocket, lease.Cut);
            }
            finally
            {
                webSockets.Leave();
            }
        }
    }

    private async Task<ForwardResult> SendAsync(HttpContext context, RequestTarget target, RouteEntry route, bool isWebSocket, CancellationToken cut)
    {
        LiftLimits(context);
        var error = await ForwardAsync(context, target, route, isWebSocket, cut);
        if (error == ForwarderError.None)
        {
            // Redirects and refusals are no use of the server, and a flood of them must not keep it alive.
            if (context.Response.StatusCode < 300)
            {
                route.Activity.Mark();
            }

            return ForwardResult.Forwarded;
        }

        return await ConcludeAsync(context, route, error);
    }

    private Task<ForwarderError> ForwardAsync(HttpContext context, RequestTarget target, RouteEntry route, bool isWebSocket, CancellationToken cut)
    {
        if (direct.Serves(context))
        {
            return direct.SendAsync(context, target, route, cut);
        }

        TrackActivity(context, route.Activity, isWebSocket);
        return yarp.SendAsync(context, target, route, cut);
    }

    private async Task<ForwardResult> ConcludeAsync(HttpContext context, RouteEntry route, ForwarderError error)
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
        Log.Unavailable(logger, route.Routespec.Text, route.Target, error, FailureCause.Describe(CauseOf(context)));
        TrackedResponseBody.Remove(context);
        await FailAsync(context, failure);
        return ForwardResult.Unavailable;
    }

    private async Task<ForwardResult> RefuseAsync(HttpContext context, RouteEntry route)
    {
        Log.Full(logger, route.Routespec.Text);
        await FailAsync(context, new ProxyFailure(route, StatusCodes.Status503ServiceUnavailable));
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

        // Somebody may pause a download, or shut a laptop, for longer than a host's own pages need.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } answerRate)
        {
            answerRate.MinDataRate = null;
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } statusPages)
        {
            statusPages.Enabled = false;
        }

        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
    }

    private static void TrackActivity(HttpContext context, RouteActivity activity, bool isWebSocket)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            context.Request.Body = new ActivityStream(context.Request.Body, activity);
        }

        if (isWebSocket)
        {
            WebSocketHandshake.Track(context, activity);
        }
        else
        {
            // Whatever else a client wants to change to, it is answered as if it had not asked (RFC 9110, 7.8). HTTP/2
            // above all: inside of it requests would pass that nobody looked at.
            context.Features.Set<IHttpUpgradeFeature>(null);
        }
    }
}
