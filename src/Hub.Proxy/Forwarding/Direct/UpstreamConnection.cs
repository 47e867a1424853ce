using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>One connection to a server and what was received on it but not read yet. It holds a buffer only while a request uses it.</summary>
internal sealed class UpstreamConnection(Stream stream, UpstreamConnections all) : IDisposable
{
    // Enough for a usual answer. A request may wait for hours, and thousands of them may.
    private const int SmallBuffer = ReceiveBuffers.Small;
    private const int LargeBuffer = 32 * 1024;

    private readonly Socket? socket = (stream as NetworkStream)?.Socket;
    private byte[] buffer = [];
    private int start;
    private int end;
    private bool wasFilled;
    private int isClosed;
    private DirectExchange? user;

    /// <summary>The request that it serves; null while it is kept for the next.</summary>
    public DirectExchange? User => Volatile.Read(ref user);

    /// <summary>When it was last used, by <see cref="UpstreamConnections.Now"/>.</summary>
    public long LastUse { get; private set; }

    public ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    public ReadOnlyMemory<byte> UnreadMemory => buffer.AsMemory(start, end - start);

    public int UnreadLength => end - start;

    public bool IsClosed => Volatile.Read(ref isClosed) != 0;

    /// <summary>Gives it to a request.</summary>
    public void Begin(DirectExchange exchange)
    {
        buffer = ReceiveBuffers.Rent(SmallBuffer);
        start = end = 0;
        wasFilled = false;
        Volatile.Write(ref user, exchange);
    }

    /// <summary>Takes it from its request, which has nothing under way on it any more.</summary>
    public void End()
    {
        LastUse = all.Now;
        Volatile.Write(ref user, null);
        ReceiveBuffers.Return(buffer);
        buffer = [];
        start = end = 0;
    }

    /// <summary>Receives into the buffer, which must have room; tell <see cref="Received"/> what came of it.</summary>
    public ValueTask<int> ReceiveAsync()
    {
        if (start == end)
        {
            start = end = 0;
            if (wasFilled && buffer.Length < LargeBuffer)
            {
                // There is more than fits at once.
                Replace(Math.Min(buffer.Length * 4, LargeBuffer));
            }
        }

        var room = buffer.AsMemory(end);
        return socket is null ? stream.ReadAsync(room) : socket.ReceiveAsync(room, SocketFlags.None);
    }

    public void Received(int count)
    {
        end += count;
        wasFilled = end == buffer.Length;
    }

    public void Read(int count) => start += count;

    /// <summary>Gives a large buffer back while nothing is in it and there is no more than fits into a small one.</summary>
    public void Shrink()
    {
        if (start == end && !wasFilled && buffer.Length > SmallBuffer)
        {
            Replace(SmallBuffer);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (socket is null)
        {
            await stream.WriteAsync(bytes);
            return;
        }

        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }

    /// <summary>Says that nothing more is sent; what was sent still arrives.</summary>
    public async ValueTask EndSendingAsync()
    {
        if (stream is SslStream encrypted)
        {
            await encrypted.ShutdownAsync();
        }
        else
        {
            socket?.Shutdown(SocketShutdown.Send);
        }
    }

    /// <summary>Makes room behind the unread bytes, of which there may be so many.</summary>
    /// <exception cref="UpstreamProtocolException">There are more.</exception>
    public void Reserve(int most)
    {
        if (end < buffer.Length)
        {
            return;
        }

        var length = end - start;
        if (length >= most)
        {
            throw new UpstreamProtocolException("A head is too long.");
        }

        if (start > 0)
        {
            buffer.AsSpan(start, length).CopyTo(buffer);
            start = 0;
            end = length;
        }
        else
        {
            Replace(buffer.Length * 2);
        }
    }

    /// <summary>Closes it; whatever waits on it fails. The buffer stays with the request that uses it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 0)
        {
            all.Remove(this);
            stream.Dispose();
        }
    }

    private void Replace(int size)
    {
        var larger = ReceiveBuffers.Rent(size);
        var length = end - start;
        buffer.AsSpan(start, length).CopyTo(larger);
        ReceiveBuffers.Return(buffer);
        buffer = larger;
        start = 0;
        end = length;
    }
}
