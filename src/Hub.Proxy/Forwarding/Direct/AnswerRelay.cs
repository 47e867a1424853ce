using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using JupyterHub.Proxy.ActivityTracking;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>
/// Hands an answer's body on to the client as it comes: nothing waits here while the server is silent, and no more than
/// a buffer while the client does not read.
/// </summary>
internal sealed class AnswerRelay(DirectExchange exchange, UpstreamConnection connection, HttpContext context, RouteActivity? activity, int longestTrailers)
{
    private const int MostUnflushed = 32 * 1024;

    private readonly PipeWriter client = context.Response.BodyWriter;
    private int unflushed;
    private bool hasHead;

    /// <summary>True once bytes of the body were handed on.</summary>
    public bool HasBegun { get; private set; }

    public ValueTask RunAsync(AnswerFraming framing) => framing.Body switch
    {
        AnswerBody.Length => RelayLengthAsync(framing.Length),
        AnswerBody.Chunked => RelayChunksAsync(),
        _ => RelayUntilCloseAsync(),
    };

    // What is written last leaves with the end of the answer only while its head has not left either.
    private ValueTask FinishAsync() => unflushed > 0 && hasHead ? FlushAsync() : default;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RelayLengthAsync(long left)
    {
        while (true)
        {
            var length = (int)Math.Min(left, connection.UnreadLength);
            left -= length;
            if (left == 0)
            {
                await WriteLastAsync(length);
                return;
            }

            await PassAsync(length);
            if (await ReceiveAsync() == 0)
            {
                throw new UpstreamProtocolException("The answer is shorter than announced.");
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RelayUntilCloseAsync()
    {
        if (connection.UnreadLength == 0)
        {
            // The head leaves at once, and how it frames an empty answer does not depend on when the connection happens to end.
            await FlushAsync();
        }

        do
        {
            await PassAsync(connection.UnreadLength);
        }
        while (await ReceiveAsync() > 0);
        await FinishAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RelayChunksAsync()
    {
        var chunks = new ChunkedBody();
        while (true)
        {
            var piece = chunks.Next(connection.Unread);
            connection.Read(piece.Skip);
            if (piece is { IsEnd: true, Length: > 0 })
            {
                CopyTrailers(connection.Unread[..piece.Length]);
                connection.Read(piece.Length);
                await FinishAsync();
                return;
            }

            if (piece.Length > 0)
            {
                await PassAsync(piece.Length);
                continue;
            }

            connection.Reserve(longestTrailers);
            if (await ReceiveAsync() == 0)
            {
                throw new UpstreamProtocolException("The answer's last chunk is missing.");
            }
        }
    }

    // With the head, when that has not left yet: usually all of an answer leaves at once.
    private async ValueTask WriteLastAsync(int length)
    {
        HasBegun = true;
        var flushed = await client.WriteAsync(connection.UnreadMemory[..length]);
        connection.Read(length);
        ThrowIfEnded(flushed);
    }

    private void Write(int length)
    {
        if (length > 0)
        {
            HasBegun = true;
            BuffersExtensions.Write(client, connection.Unread[..length]);
            connection.Read(length);
            unflushed += length;
        }
    }

    private ValueTask PassAsync(int length)
    {
        Write(length);
        return unflushed < MostUnflushed ? default : FlushAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushAsync()
    {
        if (unflushed > 0)
        {
            activity?.Mark();
        }

        unflushed = 0;
        hasHead = true;
        ThrowIfEnded(await client.FlushAsync());
    }

    private void ThrowIfEnded(FlushResult flushed)
    {
        if (flushed.IsCanceled || exchange.IsEnded)
        {
            // Whoever leaves with the last byte has used the server all the same.
            activity?.Mark();
            throw new OperationCanceledException();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync()
    {
        var receiving = connection.ReceiveAsync();
        var received = receiving.IsCompleted || (unflushed == 0 && hasHead) ? await receiving : await FlushMeanwhileAsync(receiving.AsTask());
        connection.Received(received);
        if (received > 0)
        {
            exchange.MarkMove();
        }
        else if (exchange.IsEnded)
        {
            // What we close ourselves ends without an error, too. That is not the end of an answer which only the end of its connection delimits.
            throw new OperationCanceledException();
        }

        return received;
    }

    // What has come goes out before anything is waited for.
    private async ValueTask<int> FlushMeanwhileAsync(Task<int> receiving)
    {
        try
        {
            await FlushAsync();
        }
        catch
        {
            // Nobody may have the buffer while something may still be received into it.
            connection.Dispose();
            await receiving.ContinueWith(static _ => { }, TaskScheduler.Default);
            throw;
        }

        return await receiving;
    }

    private void CopyTrailers(ReadOnlySpan<byte> section)
    {
        var lines = new HeaderLines(section);
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        while (lines.MoveNext())
        {
            var name = HeaderNameTable.Get(lines.Name);
            if (trailers is { IsReadOnly: false } && TrailerFields.MayPass(name))
            {
                NonAsciiHeaders.Write([new(name, [Encoding.Latin1.GetString(lines.Value).Replace('\0', ' ')])], trailers);
            }
        }
    }
}
