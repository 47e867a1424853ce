using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ActivityTracking;
using JupyterHub.Proxy.Forwarding.Direct;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
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
        if (RequestFraming.IsAmbiguous(context.Request))
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
        HostLimits.Lift(context);
        var error = direct.Serves(context)
            ? await direct.SendAsync(context, target, route, cut)
            : await yarp.SendAsync(context, target, route, isWebSocket, cut);
        if (error == ForwarderError.None)
        {
            // Redirects and refusals are no use of the server, and a flood of them must not keep it alive.
            if (context.Response.StatusCode < 300)
            {
                route.Activity.Mark();
            }

            return ForwardResult.Forwarded;
        }

        return await ConcludeAsync(context, route, error, cut);
    }

    private async Task<ForwardResult> ConcludeAsync(HttpContext context, RouteEntry route, ForwarderError error, CancellationToken cut)
    {
        if (IsClientGone(context, error, cut))
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

    // An answer that was broken off here looks, a moment later, as if its client had left: both ways note what was so before. A WebSocket over
    // YARP that its server dropped, or that was cut, ends without a word of that.
    private static bool IsClientGone(HttpContext context, ForwarderError error, CancellationToken cut) =>
        context.Features.Get<IForwarderErrorFeature>() is DirectError direct ? direct.IsClientGone
        : BreakOff.Of(context) is { IsClientGone: true }
            && (!context.Response.HasStarted || !(cut.IsCancellationRequested || error == ForwarderError.UpgradeResponseDestination));

    private static Exception? CauseOf(HttpContext context) => context.Features.Get<IForwarderErrorFeature>()?.Exception;
}
