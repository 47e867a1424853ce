using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Clients and servers who each keep the other waiting, in all the ways there are.</summary>
internal sealed class SlowServers : IAsyncDisposable
{
    private static readonly byte[] Large = Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n{new string('x', 300_000)}");

    private readonly RawUpstream upstream;
    private int requests;

    public SlowServers() => upstream = RawUpstream.Start(AnswerAsync);

    public Uri Url => upstream.Url;

    /// <summary>How many requests have come.</summary>
    public int Requests => Volatile.Read(ref requests);

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    // More than its client reads, or less than is said, or nothing; until it is cut off.
    private async Task AnswerAsync(string head, NetworkStream stream)
    {
        for (; head.Contains("/large ", StringComparison.Ordinal); head = await RawUpstream.ReadHeadAsync(stream))
        {
            Interlocked.Increment(ref requests);
            await stream.WriteAsync(Large);
        }

        if (head.Length == 0)
        {
            return;
        }

        Interlocked.Increment(ref requests);
        if (head.Contains("/trickle ", StringComparison.Ordinal))
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"u8.ToArray());
        }
        else if (head.Contains("/head ", StringComparison.Ordinal))
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le"u8.ToArray());
        }

        await ReadToEndAsync(stream);
    }

    /// <summary>What one of many clients sends to the route <c>/user/slow</c>, before it waits without reading.</summary>
    public static string RequestOf(int number) => (number % 5) switch
    {
        0 => "GET /user/slow/large HTTP/1.1\r\nHost: hub\r\n\r\n",
        1 => "GET /user/slow/trickle HTTP/1.1\r\nHost: hub\r\n\r\n",
        2 => "GET /user/slow/head HTTP/1.1\r\nHost: hub\r\n\r\n",
        3 => "POST /user/slow/upload HTTP/1.1\r\nHost: hub\r\nContent-Length: 300000\r\n\r\nx",
        _ => "GET /user/slow/silent HTTP/1.1\r\nHost: hub\r\n\r\n",
    };

    private static async Task ReadToEndAsync(NetworkStream stream)
    {
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }
}
