using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Sends a request's body while its answer may already come.</summary>
internal sealed class RequestUpload(DirectExchange exchange, PipeReader body, long? length)
{
    private const int LongestPrefix = 18;
    private const int LongestTogether = 8 * 1024;

    private volatile bool isStopped;
    private volatile bool isComplete;
    private long sent;

    /// <summary>True when the server has got everything.</summary>
    public bool IsComplete => isComplete;

    /// <summary>What broke the client's body; null when nothing did.</summary>
    public Exception? ClientFailure { get; private set; }

    /// <summary>Puts a body behind its head when it is short and there already, so that both leave together.</summary>
    public void AppendTo(ref HeadWriter head)
    {
        if (length is null or > LongestTogether || !TryRead(out var read))
        {
            return;
        }

        if (read.Buffer.Length < length || read.IsCanceled)
        {
            body.AdvanceTo(read.Buffer.Start);
            return;
        }

        foreach (var piece in read.Buffer)
        {
            head.Write(piece.Span);
        }

        body.AdvanceTo(read.Buffer.End);
        exchange.MarkUpload();
        isComplete = true;
    }

    /// <summary>Sends all of it. What fails is told by the properties: the server may have answered all the same.</summary>
    public async Task RunAsync(UpstreamConnection connection)
    {
        // Not within the lock of whoever begins it: a client and a server that are fast enough never let it pause.
        await Task.Yield();
        while (true)
        {
            ReadResult read;
            try
            {
                read = await body.ReadAsync();
            }
            catch (Exception broken) when (broken is IOException or OperationCanceledException or InvalidOperationException)
            {
                ClientFailure = broken;
                exchange.End(EndReason.BrokenBody);
                return;
            }

            if (read.IsCanceled || isStopped)
            {
                body.AdvanceTo(read.Buffer.Start);
                return;
            }

            var isSent = await TrySendAsync(connection, read);
            body.AdvanceTo(read.Buffer.End);
            if (!isSent || isComplete || read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Leaves the rest unsent.</summary>
    public void Stop()
    {
        isStopped = true;
        body.CancelPendingRead();
    }

    private bool TryRead(out ReadResult read)
    {
        try
        {
            return body.TryRead(out read);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Reading on says so again, where it is answered.
            read = default;
            return false;
        }
    }

    private async ValueTask<bool> TrySendAsync(UpstreamConnection connection, ReadResult read)
    {
        try
        {
            foreach (var piece in read.Buffer)
            {
                if (piece.Length > 0)
                {
                    await (length is null ? SendChunkAsync(connection, piece) : connection.SendAsync(piece));
                    sent += piece.Length;
                    exchange.MarkUpload();
                }
            }

            if (read.IsCompleted && length is null)
            {
                await connection.SendAsync("0\r\n\r\n"u8.ToArray());
            }

            // Told at once, not when the client's body is next read: the answer may be faster.
            isComplete = length is null ? read.IsCompleted : sent == length;
            return true;
        }
        catch (Exception closed) when (DirectExchange.IsConnectionFailure(closed))
        {
            return false;
        }
    }

    private static async ValueTask SendChunkAsync(UpstreamConnection connection, ReadOnlyMemory<byte> piece)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(piece.Length + LongestPrefix);
        try
        {
            var length = Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture), buffer);
            "\r\n"u8.CopyTo(buffer.AsSpan(length));
            piece.Span.CopyTo(buffer.AsSpan(length + 2));
            length += 2 + piece.Length;
            "\r\n"u8.CopyTo(buffer.AsSpan(length));
            await connection.SendAsync(buffer.AsMemory(0, length + 2));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
