using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Receives the head of an answer, past those that only announce it, and puts it into the client's.</summary>
internal readonly struct HeadReception(DirectExchange exchange, int longestHead)
{
    // A server may say as often that it is still there.
    private const int MostInterim = 100;

    /// <summary>Returns how the body that follows is framed.</summary>
    /// <exception cref="UpstreamProtocolException">It is no answer, or none that can be read in one way only.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AnswerFraming> ReceiveAsync()
    {
        var connection = exchange.Connection;
        var scanned = 0;
        for (var interim = 0; interim < MostInterim;)
        {
            var length = HeadEnd.Find(connection.Unread, ref scanned);
            if (Math.Max(length, scanned) > longestHead)
            {
                throw new UpstreamProtocolException("The answer's head is too long.");
            }

            if (length == 0)
            {
                await ReceiveMoreAsync(connection);
            }
            else if (TryTakeInterim(connection, length))
            {
                interim++;
                scanned = 0;
            }
            else
            {
                var framing = AnswerHead.Copy(connection.Unread[..length], exchange.Context);
                connection.Read(length);
                return framing;
            }
        }

        throw new UpstreamProtocolException("The server announces an answer again and again.");
    }

    private async ValueTask ReceiveMoreAsync(UpstreamConnection connection)
    {
        connection.Reserve(longestHead + 1);
        var received = await connection.ReceiveAsync();
        if (received == 0)
        {
            throw new UpstreamProtocolException("The answer ends within its head.");
        }

        connection.Received(received);
        exchange.MarkMove();
    }

    // 100, 102, 103: of no concern to the client, who gets to know of the first by its own server.
    private bool TryTakeInterim(UpstreamConnection connection, int length)
    {
        var head = connection.Unread[..length];
        var status = StatusLine.Parse(HeaderLines.TakeLine(ref head)).Status;
        if (status >= 200 || (status == StatusCodes.Status101SwitchingProtocols && exchange.IsWebSocket))
        {
            return false;
        }

        if (status == StatusCodes.Status101SwitchingProtocols)
        {
            throw new UpstreamProtocolException("The server changes to a protocol that nobody asked for.");
        }

        connection.Read(length);
        if (status == StatusCodes.Status100Continue)
        {
            exchange.BeginUpload();
        }

        return true;
    }
}
