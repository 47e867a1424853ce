using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>WebSockets of the direct path: how they begin and how they end.</summary>
public class WebSocketRelayTests
{
    private const string Accepted = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n";
    private const string Handshake =
        "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private const string Plain = "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n";

    private readonly FakeTime time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(500_000)]
    public async Task What_comes_behind_the_servers_head_comes_first(int length)
    {
        var early = new string('e', length);
        await using var upstream = RawUpstream.Answering($"{Accepted}{early}");
        await using var proxy = await StartAsync(upstream);
        using var connection = await OpenAsync(proxy);
        Assert.Equal(early, await connection.ReadToEndAsync());
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && !proxy.Results.IsEmpty);
        Assert.Equal(ForwardResult.Forwarded, Assert.Single(proxy.Results));
    }

    [Theory]
    [InlineData("401 Unauthorized", "Content-Length: 7\r\n\r\nrefused")]
    [InlineData("403 Forbidden", "Transfer-Encoding: chunked\r\n\r\n7\r\nrefused\r\n0\r\n\r\n")]
    [InlineData("404 Not Found", "Content-Length: 7\r\nUpgrade: websocket\r\n\r\nrefused")]
    [InlineData("503 Service Unavailable", "Content-Length: 7\r\n\r\nrefused")]
    [InlineData("200 OK", "Content-Length: 7\r\n\r\nrefused")]
    public async Task A_refusal_arrives_whole_and_its_connection_serves_nobody_else(string status, string rest)
    {
        await using var upstream = RawUpstream.Repeating($"HTTP/1.1 {status}\r\n{rest}");
        await using var proxy = await StartAsync(upstream);
        using var connection = await proxy.ConnectAsync();

        // A connection that is kept is not taken for a WebSocket, and that of a WebSocket is not kept.
        foreach (var (request, connections) in new[] { (Plain, 1), (Handshake, 2), (Plain, 2) })
        {
            await connection.SendAsync(request);
            var head = await connection.ReadHeadAsync();
            Assert.StartsWith($"HTTP/1.1 {status}\r\n", head, StringComparison.Ordinal);
            Assert.DoesNotContain("Upgrade", head, StringComparison.OrdinalIgnoreCase);
            await connection.ReadUntilAsync(rest.Contains("chunked", StringComparison.Ordinal) ? "refused\r\n0\r\n\r\n" : "refused");
            await Eventually.TrueAsync(() => upstream.Connections == connections && proxy.DirectConnections == 1);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Connection: Upgrade\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: h2c\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Connection: Upgrade\r\n Upgrade: websocket\r\n")]
    public async Task A_server_that_changes_to_something_else_is_unavailable(string headers)
    {
        await using var upstream = RawUpstream.Answering($"HTTP/1.1 101 Switching Protocols\r\n{headers}\r\nhello");
        await AssertUnavailableAsync(upstream);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 101 Switch")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n")]
    public async Task A_server_that_dies_during_the_handshake_is_unavailable_and_asked_once(string answer)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await AssertUnavailableAsync(upstream);
        Assert.Equal(1, upstream.Connections);
    }

    [Fact]
    public async Task A_client_that_leaves_during_the_handshake_is_gone_for_the_server_too()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            asked.SetResult();
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
            ended.SetResult();
        });
        await using var proxy = await StartAsync(upstream);
        var connection = await proxy.ConnectAsync();
        await connection.SendAsync(Handshake);
        await Eventually.Within(asked.Task);
        connection.Dispose();
        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && !proxy.Results.IsEmpty);
        Assert.Equal(ForwardResult.ClientGone, Assert.Single(proxy.Results));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_silence_in_both_directions_ends_it(bool clientSpeaks)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = new TaskCompletionSource<NetworkStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted));
            server.SetResult(stream);
            await ended.Task;
        });
        await using var proxy = await StartAsync(upstream, setup =>
        {
            setup.Time = time;
            setup.Proxy = options => options.ActivityTimeout = TimeSpan.FromMinutes(1);
        });
        using var connection = await OpenAsync(proxy);
        var stream = await Eventually.Within(server.Task);
        var (from, to) = clientSpeaks ? (connection.Stream, stream) : (stream, connection.Stream);
        for (var round = 0; round < 4; round++)
        {
            await from.WriteAsync("x"u8.ToArray());
            await Eventually.Within(to.ReadExactlyAsync(new byte[1]).AsTask());
            time.Advance(TimeSpan.FromSeconds(40));
            Assert.Equal(1, proxy.DirectConnections);
        }

        time.Advance(TimeSpan.FromSeconds(40));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("", await connection.ReadToEndAsync());
        Assert.Equal(0, await ReadAsync(stream));
        ended.SetResult();
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && !proxy.Results.IsEmpty);
        Assert.True(Assert.Single(proxy.Results) is ForwardResult.Interrupted or ForwardResult.ClientGone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_route_that_goes_ends_it_also_while_one_side_does_not_read(bool clientSpeaks)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = new TaskCompletionSource<NetworkStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted));
            server.SetResult(stream);
            await ended.Task;
        });
        await using var proxy = await StartAsync(upstream, setup => setup.DrainTime = time);
        using var connection = await OpenAsync(proxy);
        var stream = await Eventually.Within(server.Task);
        var sent = 0L;
        var flood = FloodAsync(clientSpeaks ? connection.Stream : stream, () => Interlocked.Increment(ref sent));
        var (last, still) = (-1L, 0);
        await Eventually.TrueAsync(() =>
        {
            still = Interlocked.Read(ref sent) == last ? still + 1 : 0;
            last = Interlocked.Read(ref sent);
            return still > 20;
        });
        Assert.False(flood.IsCompleted);
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        time.Advance(new ForwardingOptions().WebSocketDrainTimeout);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && !proxy.Results.IsEmpty);

        // Breaking the client off is what Kestrel reports as the client's going.
        Assert.True(Assert.Single(proxy.Results) is ForwardResult.Interrupted or ForwardResult.ClientGone);
        await connection.ReadToEndAsync();
        ended.SetResult();
        await Eventually.Within(flood);
    }

    [Fact]
    public async Task What_a_client_said_last_arrives_although_it_has_not_read_what_the_server_said()
    {
        const int Length = 3_000_000;
        var received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted));
            var flood = FloodAsync(stream, () => { });
            var count = 0L;
            var buffer = new byte[64 * 1024];
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                count += read;
            }

            received.SetResult(count);
            await flood;
            ended.SetResult();
        });

        // On this clock the server has all the time.
        await using var proxy = await StartAsync(upstream, setup => setup.Time = time);
        using var connection = await OpenAsync(proxy);
        await connection.Stream.WriteAsync(new byte[Length]);
        connection.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(Length, await Eventually.Within(received.Task));

        // But half-open WebSockets do not stay. Beside the timer of all connections one more waits.
        await Eventually.TrueAsync(() => time.WaitingTimers == 2);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && !proxy.Results.IsEmpty);
    }

    private static async Task FloodAsync(NetworkStream stream, Action sent)
    {
        try
        {
            for (var block = new byte[64 * 1024]; ; sent())
            {
                await stream.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // Cut, as it should be.
        }
    }

    private static async Task<int> ReadAsync(NetworkStream stream)
    {
        try
        {
            return await Eventually.Within(stream.ReadAsync(new byte[1]).AsTask());
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task AssertUnavailableAsync(RawUpstream upstream)
    {
        await using var proxy = await StartAsync(upstream);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(Handshake);
        Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && !proxy.Results.IsEmpty);
        Assert.Equal(ForwardResult.Unavailable, Assert.Single(proxy.Results));
    }

    private static async Task<RawConnection> OpenAsync(ProxyHost proxy)
    {
        var connection = await proxy.ConnectAsync();
        await connection.SendAsync(Handshake);
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        return connection;
    }

    private static async Task<ProxyHost> StartAsync(RawUpstream upstream, Action<ProxyHostSetup>? configure = null)
    {
        var proxy = await ProxyHost.StartAsync(configure);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        return proxy;
    }
}
