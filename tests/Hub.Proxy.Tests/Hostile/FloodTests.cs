using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>One side sends without end while the other does not read: what the proxy holds is bounded, and nothing of it is lost.</summary>
[Collection(nameof(Alone))]
public class FloodTests
{
    private const int Most = 256 * 1024 * 1024;
    private const int Ceiling = 64 * 1024 * 1024;
    private const string Accept = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private const string Upgrade = "GET /user/ada/ws HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    internal static IReadOnlyList<string> Kinds { get; } = ["socket to client", "socket to server", "answer", "chunked answer", "upload"];

    public static TheoryData<ForwardingPath, string> Floods
    {
        get
        {
            var data = new TheoryData<ForwardingPath, string>();
            foreach (var path in Enum.GetValues<ForwardingPath>())
            {
                foreach (var flood in Kinds)
                {
                    data.Add(path, flood);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Floods))]
    public async Task What_is_not_read_is_not_gathered(ForwardingPath path, string flood)
    {
        await using var proxy = await ProxyHost.StartAsync(setup => path.Choose(setup));
        await PlayAsync(flood, proxy.Url, target => proxy.RouteAsync("/user/ada/", target), () => GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>Sends until nothing moves any more, and looks at what the proxy holds then.</summary>
    internal static async Task PlayAsync(string flood, Uri proxy, Func<Uri, Task> route, Func<long> memory)
    {
        var server = new TaskCompletionSource<NetworkStream>();
        var finish = new TaskCompletionSource();
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(AnswerTo(flood)));
            server.SetResult(stream);
            await finish.Task;
        });
        await route(upstream.Url);
        using var client = await RawConnection.OpenAsync(proxy);
        var before = memory();
        await client.SendAsync(RequestOf(flood));
        if (flood.StartsWith("socket", StringComparison.Ordinal))
        {
            Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        }

        var serverStream = await Eventually.Within(server.Task);
        var (from, to) = flood is "socket to server" or "upload" ? (client.Stream, serverStream) : (serverStream, client.Stream);
        var sent = await SendUntilStuckAsync(from, flood == "chunked answer");
        var held = memory() - before;
        Assert.InRange(sent, 1, Ceiling);
        Assert.InRange(held, long.MinValue, Ceiling);

        // All of it was only waiting.
        await Eventually.Within(ReadAsync(to, sent));
        finish.SetResult();
    }

    private static string RequestOf(string flood) => flood switch
    {
        "upload" => $"POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: {Most}\r\n\r\n",
        "answer" or "chunked answer" => "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n",
        _ => Upgrade,
    };

    private static string AnswerTo(string flood) => flood switch
    {
        "upload" => "",
        "answer" => $"HTTP/1.1 200 OK\r\nContent-Length: {Most}\r\n\r\n",
        "chunked answer" => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        _ => Accept,
    };

    // Sends until nothing has moved for a while, which is what a proxy that waits for its reader comes to. On a busy
    // machine that may be too soon: then there is the less to be held.
    private static async Task<long> SendUntilStuckAsync(NetworkStream stream, bool isChunked)
    {
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        byte[] piece = isChunked ? [.. "10000\r\n"u8, .. block, .. "\r\n"u8] : block;
        var sent = 0L;
        while (sent < Most - piece.Length)
        {
            var writing = stream.WriteAsync(piece).AsTask();
            if (await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(0.5))) != writing)
            {
                return sent;
            }

            await writing;
            sent += block.Length;
        }

        return sent;
    }

    private static async Task ReadAsync(NetworkStream stream, long count)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = await stream.ReadAsync(buffer);
            Assert.NotEqual(0, read);
            count -= buffer.AsSpan(0, read).Count((byte)'x');
        }
    }
}
