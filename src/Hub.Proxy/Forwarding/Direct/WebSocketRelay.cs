using JupyterHub.Proxy.ActivityTracking;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>
/// Passes the bytes of an accepted WebSocket on in both directions until either side ends. What they mean is the two ends' affair.
/// </summary>
internal sealed class WebSocketRelay(DirectExchange exchange, TimeProvider time)
{
    // For what a client said last: a connection that is closed with bytes unread is reset, and what was sent on it may be lost.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly UpstreamConnection connection = exchange.Connection;
    private readonly RouteActivity activity = exchange.Route.Activity;

    /// <summary>Accepts the client's WebSocket, whose head is in the response, and returns when both directions have ended.</summary>
    public async Task<ForwarderError> RunAsync()
    {
        // Never disposed of: it holds nothing, and whoever ends the request may come at any time.
        var over = new CancellationTokenSource();
        exchange.BeginWebSocket(over);
        var client = await exchange.Context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        activity.Mark();
        exchange.MarkMove();
        var sending = SendAsync(client, over.Token);
        var receiving = ReceiveAsync(client, over.Token);

        // Whoever ends the request does so on this path's own thread, and is not done with the context before it returns.
        var first = await Task.WhenAny(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (first == sending)
        {
            await AwaitFarewellAsync(receiving);
        }

        await over.CancelAsync();
        connection.Dispose();
        var ends = await Task.WhenAll(sending, receiving);
        exchange.Conclude();
        exchange.Drop();
        return Conclude(ends.Contains(null) ? null : await first, first == sending);
    }

    private static bool IsEnd(Exception failure) => failure is InvalidOperationException || DirectExchange.IsConnectionFailure(failure);

    // Both return what failed; null at the end of the stream.
    private async Task<Exception?> SendAsync(Stream client, CancellationToken over)
    {
        try
        {
            await using var server = new WebSocketSender(exchange, connection);
            await client.CopyToAsync(server, over);
            await connection.EndSendingAsync();
            return null;
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            return failure;
        }
    }

    private async Task<Exception?> ReceiveAsync(Stream client, CancellationToken over)
    {
        try
        {
            while (true)
            {
                if (connection.UnreadLength > 0)
                {
                    await client.WriteAsync(connection.UnreadMemory, over);
                    connection.Read(connection.UnreadLength);
                    connection.Shrink();
                }

                var received = await connection.ReceiveAsync();
                if (received == 0)
                {
                    return null;
                }

                connection.Received(received);
                exchange.MarkMove();
                activity.Mark();
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            return failure;
        }
    }

    private async Task AwaitFarewellAsync(Task receiving)
    {
        try
        {
            await receiving.WaitAsync(FarewellTime, time);
        }
        catch (TimeoutException)
        {
            // Half-open WebSockets do not exist.
        }
    }

    private ForwarderError Conclude(Exception? failure, bool isClients)
    {
        var error = exchange.Reason switch
        {
            EndReason.Silent => ForwarderError.UpgradeActivityTimeout,
            EndReason.None when failure is null => ForwarderError.None,
            EndReason.None when isClients => ForwarderError.UpgradeRequestClient,
            EndReason.None => ForwarderError.UpgradeResponseDestination,
            _ => ForwarderError.UpgradeResponseCanceled,
        };
        if (error != ForwarderError.None)
        {
            exchange.Context.Features.Set<IForwarderErrorFeature>(new DirectError(error, failure, exchange.Context.RequestAborted.IsCancellationRequested));
        }

        return error;
    }
}
