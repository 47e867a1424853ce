using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>WebSockets as streams of bytes: how they end, and what a side that never stops talking does.</summary>
public class WebSocketStreamTests : ForwardingTest
{
    private const string Accepted = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n";
    private const string Handshake =
        "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    // Far more than all socket buffers on the way hold.
    private const long Flood = 192L * 1024 * 1024;
    private const long Bound = 64L * 1024 * 1024;

    [Fact]
    public async Task What_a_server_said_before_it_ended_arrives()
    {
        const int Length = 3_000_000;
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Accepted));
            await stream.WriteAsync(new byte[Length]);
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(Handshake);
        await connection.ReadHeadAsync();
        await Eventually.TrueAsync(() => connection.Socket.Available > 0);
        Assert.Equal(Length, (await connection.ReadToEndAsync()).Length);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
    }

    [Fact]
    public async Task What_a_client_said_before_it_ended_arrives()
    {
        const int Length = 3_000_000;
        for (var round = 0; round < 20; round++)
        {
            var received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var upstream = RawUpstream.Start(async (_, stream) =>
            {
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Accepted));
                var count = 0L;
                var buffer = new byte[64 * 1024];
                try
                {
                    for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
                    {
                        count += read;
                    }
                }
                finally
                {
                    received.SetResult(count);
                }
            });
            await using var proxy = await StartProxyAsync();
            await proxy.RouteAsync("/user/ada/", upstream.Url);
            using var connection = await proxy.ConnectAsync();
            await connection.SendAsync(Handshake);
            await connection.ReadHeadAsync();
            await connection.Stream.WriteAsync(new byte[Length]);
            connection.Socket.Shutdown(SocketShutdown.Send);
            Assert.Equal(Length, await Eventually.Within(received.Task));
            await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        }
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_server_that_floods_waits_for_its_client(HttpProtocols protocol)
    {
        var sent = 0L;
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await SendAsync(socket, count => Interlocked.Exchange(ref sent, count));
        });
        await using var proxy = await StartProxyAsync(setup => setup.Protocols = protocol);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var client = await ConnectAsync(proxy, protocol);
        await StallsAsync(() => Interlocked.Read(ref sent));
        Assert.InRange(Interlocked.Read(ref sent), 1, Bound);
        Assert.Equal(Flood, await ReceiveAsync(client));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_client_that_floods_waits_for_its_server(HttpProtocols protocol)
    {
        using var open = new SemaphoreSlim(0);
        var received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await open.WaitAsync();
            received.SetResult(await ReceiveAsync(socket));
        });
        await using var proxy = await StartProxyAsync(setup => setup.Protocols = protocol);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var client = await ConnectAsync(proxy, protocol);
        var sent = 0L;
        var sending = SendAsync(client, count => Interlocked.Exchange(ref sent, count));
        await StallsAsync(() => Interlocked.Read(ref sent));
        Assert.InRange(Interlocked.Read(ref sent), 1, Bound);
        open.Release();
        Assert.Equal(Flood, await Eventually.Within(received.Task));
        await sending;
    }

    // Either it has sent all, which fails the test, or it waits: seen when nothing moved over many looks.
    private static async Task StallsAsync(Func<long> sent)
    {
        var (last, still) = (-1L, 0);
        await Eventually.TrueAsync(() =>
        {
            var now = sent();
            still = now == last && now > 0 ? still + 1 : 0;
            last = now;
            return still > 20 || now == Flood;
        });
    }

    private static async Task SendAsync(WebSocket socket, Action<long> sent)
    {
        var block = new byte[64 * 1024];
        for (var count = 0L; count < Flood; sent(count))
        {
            await socket.SendAsync(block, WebSocketMessageType.Binary, true, CancellationToken.None);
            count += block.Length;
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    private static async Task<long> ReceiveAsync(WebSocket socket)
    {
        var count = 0L;
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await Eventually.Within(socket.ReceiveAsync(buffer, CancellationToken.None));
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return count;
            }

            count += part.Count;
        }
    }

    private static async Task<ClientWebSocket> ConnectAsync(ProxyHost proxy, HttpProtocols protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = protocol == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        await Eventually.Within(socket.ConnectAsync(new UriBuilder(proxy.Url) { Scheme = "ws", Path = "/user/ada/" }.Uri, invoker, CancellationToken.None));
        return socket;
    }
}
