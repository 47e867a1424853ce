using System.Runtime.CompilerServices;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Sends a request and receives the head of its answer, over another connection when a kept one turns out to be dead.</summary>
internal sealed class DirectRequest(DirectExchange exchange, UpstreamConnections connections, int longestHead, TimeProvider time)
{
    // A client that expects to be told to continue goes on by itself after a while; so does its request here.
    private static readonly TimeSpan ContinueTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Returns how the answer's body is framed; its head is in the response already.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AnswerFraming> SendAsync(ReadOnlyMemory<byte> head, CancellationToken cut)
    {
        if (exchange.IsWebSocket || !await TryAskKeptAsync(head))
        {
            await ConnectAsync(cut);
            if (!await AskAsync(head, exchange.Connection.ReceiveAsync()))
            {
                throw Silent();
            }
        }

        return await new HeadReception(exchange, longestHead).ReceiveAsync();
    }

    private static UpstreamProtocolException Silent() => new("The server closed the connection without an answer.");

    // RFC 9110, 9.2.2: what was sent once may not be sent twice, but for these.
    private static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsTrace(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method);

    // False when the request has to be sent over a new connection.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TryAskKeptAsync(ReadOnlyMemory<byte> head)
    {
        // The server may close it at the very moment of its use. No other one that was kept is tried then: they may all be dead. What
        // cannot be sent again takes only a connection that was just used: servers close those that have rested.
        var mayRepeat = exchange.Body is null && IsIdempotent(exchange.Context.Request.Method);
        if (!TryTakeKept(mayRepeat ? long.MinValue : connections.Now, out var receiving))
        {
            return false;
        }

        try
        {
            if (await AskAsync(head, receiving))
            {
                return true;
            }
        }
        catch (Exception died) when (mayRepeat && !exchange.IsEnded && DirectExchange.IsConnectionFailure(died))
        {
        }

        if (!mayRepeat)
        {
            throw Silent();
        }

        exchange.Drop();
        return false;
    }

    // Receiving begins before anything is sent: it tells whether the connection is still alive and silent, and costs
    // nothing, since the answer has to be received anyway.
    private bool TryTakeKept(long since, out ValueTask<int> receiving)
    {
        var pool = connections.PoolOf(exchange.Route);
        while (pool.Take(since) is { } kept)
        {
            if (kept.IsClosed)
            {
                continue;
            }

            kept.Begin(exchange);
            receiving = kept.ReceiveAsync();
            if (!receiving.IsCompleted)
            {
                exchange.Use(kept);
                return true;
            }

            // Closed, or it says what nobody asked for.
            _ = receiving.AsTask().Exception;
            kept.Dispose();
            kept.End();
        }

        receiving = default;
        return false;
    }

    private async ValueTask ConnectAsync(CancellationToken cut)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(exchange.Context.RequestAborted, cut);
        var connection = await connections.ConnectAsync(exchange.Route, either.Token);
        connection.Begin(exchange);
        exchange.Use(connection);
    }

    // False when the server closed the connection without a word.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AskAsync(ReadOnlyMemory<byte> head, ValueTask<int> receiving)
    {
        var connection = exchange.Connection;
        try
        {
            await connection.SendAsync(head);
            BeginUpload();
        }
        catch (Exception failure) when (DirectExchange.IsConnectionFailure(failure))
        {
            // It may have answered before it closed.
        }

        var received = await receiving;
        connection.Received(received);
        exchange.MarkMove();
        return received > 0;
    }

    private void BeginUpload()
    {
        if (exchange.ExpectsContinue)
        {
            _ = ContinueLaterAsync();
        }
        else
        {
            exchange.BeginUpload();
        }
    }

    private async Task ContinueLaterAsync()
    {
        await Task.Delay(ContinueTimeout, time);
        exchange.BeginUpload();
    }
}
