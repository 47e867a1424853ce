using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>
/// Forwards plain requests and WebSockets over HTTP/1.1 on connections of its own, from the client's headers straight to the
/// server's bytes and back. WebSockets over HTTP/2, gRPC and everything else is YARP's.
/// </summary>
internal sealed class DirectForwarder(UpstreamConnections connections, RequestHeadSerializer serializer, ForwardingOptions options, TimeProvider time)
{
    private readonly int longestHead = options.MaxResponseHeadersKilobytes * 1024;

    /// <summary>True for a request that this forwarder can serve.</summary>
    public bool Serves(HttpContext context)
    {
        var request = context.Request;
        return options.UsesDirectPath
            && (request.Headers.Upgrade.Count == 0 || WebSocketHandshake.Is(context))
            && !HttpMethods.IsConnect(request.Method)
            && request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true;
    }

    /// <inheritdoc cref="YarpForwarder.SendAsync"/>
    public async Task<ForwarderError> SendAsync(HttpContext context, RequestTarget target, RouteEntry route, CancellationToken cut)
    {
        var exchange = new DirectExchange(context, route);
        using var gone = context.RequestAborted.UnsafeRegister(static state => ((DirectExchange)state!).End(EndReason.Cancelled), exchange);
        using var over = cut.UnsafeRegister(static state => ((DirectExchange)state!).End(EndReason.Cancelled), exchange);
        var head = serializer.Write(context, target, route, exchange.Body is not null);
        if (!exchange.ExpectsContinue)
        {
            exchange.Body?.AppendTo(ref head);
        }

        AnswerRelay? relay = null;
        try
        {
            var framing = await new DirectRequest(exchange, connections, longestHead, time).SendAsync(head.Written, cut);
            if (framing.Body == AnswerBody.WebSocket)
            {
                // From here on its client's end is the end of a stream, behind all that it said before.
                await gone.DisposeAsync();
                return await new WebSocketRelay(exchange, time).RunAsync();
            }

            Redirects.Rewrite(context, route, options);
            if (framing.Body != AnswerBody.None)
            {
                var activity = context.Response.StatusCode < 300 ? route.Activity : null;
                relay = new AnswerRelay(exchange, exchange.Connection, context, activity, longestHead);
                await relay.RunAsync(framing);
            }

            await exchange.StopUploadAsync();
            Release(exchange, framing);
            if (exchange.WasCut && context.Response.HasStarted)
            {
                // Behind its last byte, but before anybody was sure of that.
                throw new OperationCanceledException();
            }

            return ForwarderError.None;
        }
        catch (Exception failure) when (failure is InvalidOperationException || DirectExchange.IsConnectionFailure(failure))
        {
            return await FailAsync(exchange, relay, failure);
        }
        finally
        {
            if (!exchange.IsConcluded)
            {
                await exchange.AbandonAsync();
            }

            head.Dispose();
        }
    }

    // Kept only when nobody can doubt where this answer ended. A server that refuses a WebSocket may still think of its connection as one.
    private void Release(DirectExchange exchange, AnswerFraming framing)
    {
        var connection = exchange.Connection;
        var isClean = framing.KeepsConnection && !exchange.IsWebSocket && exchange.IsSent && connection.UnreadLength == 0 && !connection.IsClosed;
        exchange.Conclude();
        if (isClean && !exchange.IsEnded)
        {
            connections.PoolOf(exchange.Route).Keep(exchange.Yield());
        }
        else
        {
            exchange.Drop();
        }
    }

    private static async ValueTask<ForwarderError> FailAsync(DirectExchange exchange, AnswerRelay? relay, Exception failure)
    {
        var context = exchange.Context;
        await exchange.StopUploadAsync();
        exchange.Conclude();
        exchange.Drop();
        var error = Classify(exchange, relay is not null);
        context.Features.Set<IForwarderErrorFeature>(new DirectError(error, failure, context.RequestAborted.IsCancellationRequested));
        if (relay is { HasBegun: true } && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // Part of the answer is written: no error page can follow it.
            await context.Response.StartAsync(CancellationToken.None);
        }

        if (context.Response.HasStarted)
        {
            exchange.AbortAnswer();
        }
        else if (error == ForwarderError.RequestBodyClient)
        {
            context.Response.Clear();
            context.Response.StatusCode = (exchange.Body?.ClientFailure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        }

        return error;
    }

    private static ForwarderError Classify(DirectExchange exchange, bool isAnswered) => exchange.Reason switch
    {
        EndReason.BrokenBody => ForwarderError.RequestBodyClient,
        EndReason.Silent => isAnswered ? ForwarderError.ResponseBodyCanceled : ForwarderError.RequestTimedOut,
        EndReason.Cancelled => isAnswered ? ForwarderError.ResponseBodyCanceled : ForwarderError.RequestCanceled,
        _ => isAnswered ? ForwarderError.ResponseBodyDestination : ForwarderError.Request,
    };
}
