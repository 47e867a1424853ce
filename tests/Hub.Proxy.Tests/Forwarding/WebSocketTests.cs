using JupyterHub.Testing;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.ActivityTracking;
using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Forwarding;

public class WebSocketTests : ForwardingTest
{
    [Fact]
    public async Task Text_and_binary_pass_both_ways_and_the_close_code_too()
    {
        await using var ada = await UpstreamServer.StartAsync(EchoAsync);
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var socket = await ConnectAsync(proxy, "/user/ada/api/kernels/x/channels?session_id=%2F");
        Assert.Equal("v1.kernel.websocket.jupyter.org", socket.SubProtocol);

        var large = RandomNumberGenerator.GetBytes(3_000_000);
        await socket.SendAsync("h\u00e9llo"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal((WebSocketMessageType.Text, "h\u00e9llo"), await ReceiveTextAsync(socket));
        await socket.SendAsync(large, WebSocketMessageType.Binary, true, CancellationToken.None);
        var (type, received) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Binary, type);
        Assert.True(large.AsSpan().SequenceEqual(received));

        await socket.CloseAsync((WebSocketCloseStatus)4321, "farewell", CancellationToken.None);
        Assert.Equal(((WebSocketCloseStatus)4321, "farewell"), (socket.CloseStatus!.Value, socket.CloseStatusDescription));
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
    }

    [Fact]
    public async Task A_server_may_close_first_with_its_own_code()
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.CloseAsync((WebSocketCloseStatus)4001, "kernel died", CancellationToken.None);
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var socket = await ConnectAsync(proxy, "/user/ada/");
        var (type, _) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Close, type);
        Assert.Equal(((WebSocketCloseStatus)4001, "kernel died"), (socket.CloseStatus!.Value, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task Pings_fragments_and_unknown_frames_pass_byte_for_byte()
    {
        // Frames as they stand on the wire: ping "hi", a text in two fragments with a pong between, a compressed-looking frame (RSV1).
        byte[] frames = [0x89, 0x82, 1, 2, 3, 4, .. "hi"u8, 0x01, 0x81, 1, 2, 3, 4, 0x60, 0x8A, 0x80, 9, 9, 9, 9, 0x80, 0x81, 1, 2, 3, 4, 0x61, 0xC1, 0x82, 0, 0, 0, 0, 0xCA, 0x00];
        var seen = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: whatever\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"u8.ToArray());
            var buffer = new byte[frames.Length];
            await stream.ReadExactlyAsync(buffer);
            seen.SetResult(buffer);
            await stream.WriteAsync(buffer);
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "GET /user/ada/ws HTTP/1.1\r\nHost: hub\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nOrigin: http://hub\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        var head = await connection.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: whatever\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Extensions: permessage-deflate\r\n", head, StringComparison.Ordinal);
        await connection.Stream.WriteAsync(frames);
        Assert.Equal(frames, await Eventually.Within(seen.Task));
        var back = new byte[frames.Length];
        await Eventually.Within(connection.Stream.ReadExactlyAsync(back).AsTask());
        Assert.Equal(frames, back);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_vanishes_is_gone_for_the_server_too(bool reset)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            try
            {
                await socket.SendAsync("up"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
                while (!socket.CloseStatus.HasValue)
                {
                    await socket.ReceiveAsync(new byte[100], CancellationToken.None);
                }
            }
            catch (WebSocketException)
            {
                ended.TrySetResult();
            }
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await connection.ReadUntilAsync("up");
        if (reset)
        {
            connection.Reset();
        }
        else
        {
            connection.Dispose();
        }

        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
    }

    [Fact]
    public async Task A_server_that_dies_is_gone_for_the_client_too()
    {
        await using var upstream = RawUpstream.Start((_, stream) => stream.WriteAsync(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nhalf"u8.ToArray()).AsTask());
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.EndsWith("\r\n\r\nhalf", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_handshake_is_passed_on()
    {
        await using var ada = await UpstreamServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("not your kernel");
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        var answer = await connection.ReadUntilAsync("\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Contains("not your kernel", answer, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        Assert.Equal(ForwardResult.Forwarded, Assert.Single(proxy.Results));
    }

    [Fact]
    public async Task Another_protocol_is_not_upgraded_to()
    {
        var upgrade = "nothing seen";
        await using var ada = await UpstreamServer.StartAsync(context =>
        {
            upgrade = context.Request.Headers.Upgrade + context.Request.Headers.Connection;
            return context.Response.WriteAsync("plain");
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK", await connection.ReadUntilAsync("0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal("", upgrade);
    }

    [Fact]
    public async Task A_server_that_upgrades_unasked_is_unavailable()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nGET /user/eve/ HTTP/1.1\r\n\r\n");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(ForwardResult.Unavailable, Assert.Single(proxy.Results));
    }

    [Fact]
    public async Task It_works_over_http_2_too()
    {
        await using var ada = await UpstreamServer.StartAsync(EchoAsync);
        var time = new ActivityClock();
        await using var proxy = await StartProxyAsync(setup =>
        {
            setup.Protocols = HttpProtocols.Http2;
            setup.Time = time;
        });
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = System.Net.HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);
        await Eventually.Within(socket.ConnectAsync(new UriBuilder(proxy.Url) { Scheme = "ws", Path = "/user/ada/" }.Uri, invoker, CancellationToken.None));
        time.Advance();
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal((WebSocketMessageType.Text, "hello"), await ReceiveTextAsync(socket));
        Assert.Equal(time.GetUtcNow(), proxy.LastActivity("/user/ada/"));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    internal static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (message.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(message.CloseStatus!.Value, message.CloseStatusDescription, CancellationToken.None);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
        }
    }

    internal static async Task<ClientWebSocket> ConnectAsync(ProxyHost proxy, string target)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("v1.kernel.websocket.jupyter.org");
        await socket.ConnectAsync(new Uri($"ws://{proxy.Url.Authority}{target}"), CancellationToken.None);
        return socket;
    }

    private static async Task<(WebSocketMessageType Type, string Text)> ReceiveTextAsync(ClientWebSocket socket)
    {
        var (type, bytes) = await ReceiveAsync(socket);
        return (type, Encoding.UTF8.GetString(bytes));
    }

    private static async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(ClientWebSocket socket)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, deadline.Token);
            bytes.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (part.MessageType, bytes.ToArray());
            }
        }
    }
}
