using System.Net;
using System.Net.WebSockets;
using System.Text;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>What happens to requests and WebSockets whose route goes, with real connections.</summary>
public class DrainingTests : ForwardingTest
{
    private static readonly TimeSpan RequestTime = new ForwardingOptions().DrainTimeout;
    private static readonly TimeSpan WebSocketTime = new ForwardingOptions().WebSocketDrainTimeout;

    private readonly FakeTime time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_under_way_is_answered_although_its_route_has_gone(bool replaced)
    {
        using var gate = new Gate();
        await using var ada = await UpstreamServer.StartAsync(gate.AnswerAsync);
        await using var other = await UpstreamServer.StartNamedAsync("other");
        await using var proxy = await StartAsync(ada);
        var answer = proxy.Client.GetStringAsync("/user/ada/x");
        await gate.ArrivedAsync();
        await (replaced ? proxy.RouteAsync("/user/ada/", other.Url) : proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None));
        Assert.Equal(replaced ? "other GET /user/ada/y" : "hub", await TextAsync(proxy, "/user/ada/y"));
        time.Advance(RequestTime - TimeSpan.FromMilliseconds(1));
        gate.Open();
        Assert.Equal("answer", await Eventually.Within(answer));
        await Eventually.TrueAsync(() => time.WaitingTimers == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_takes_longer_is_cut(bool begun)
    {
        using var gate = new Gate { Begins = begun };
        await using var ada = await UpstreamServer.StartAsync(gate.AnswerAsync);
        await using var proxy = await StartAsync(ada);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/x HTTP/1.1\r\nHost: hub\r\n\r\n");
        await gate.ArrivedAsync();
        if (begun)
        {
            await connection.ReadUntilAsync("begun\r\n");
        }

        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        Assert.Equal(1, time.WaitingTimers);
        time.Advance(RequestTime);
        if (begun)
        {
            Assert.Equal("", await connection.ReadToEndAsync());
            await Eventually.TrueAsync(() => proxy.Results.Contains(ForwardResult.Interrupted));
        }
        else
        {
            Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
            await Eventually.TrueAsync(() => proxy.Results.Contains(ForwardResult.Unavailable));
        }

        // The server is told as well.
        await gate.AbortedAsync();
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public async Task A_websocket_goes_on_for_its_own_time_and_is_then_cut_on_both_sides()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            try
            {
                await WebSocketTests.EchoAsync(context);
            }
            catch (WebSocketException)
            {
                ended.TrySetResult();
            }
        });
        await using var proxy = await StartAsync(ada);
        using var socket = await WebSocketTests.ConnectAsync(proxy, "/user/ada/");
        await EchoAsync(socket);
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        time.Advance(WebSocketTime - TimeSpan.FromMilliseconds(1));
        await EchoAsync(socket);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAnyAsync<WebSocketException>(() => Eventually.Within(socket.ReceiveAsync(new byte[10], CancellationToken.None)));
        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        Assert.Equal(0, time.WaitingTimers);
    }

    [Fact]
    public async Task A_websocket_that_its_server_closes_meanwhile_ends_in_order()
    {
        using var gate = new SemaphoreSlim(0);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("v1.kernel.websocket.jupyter.org");
            await gate.WaitAsync();
            await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "stopping", CancellationToken.None);
        });
        await using var proxy = await StartAsync(ada);
        using var socket = await WebSocketTests.ConnectAsync(proxy, "/user/ada/");
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        gate.Release();
        var message = await Eventually.Within(socket.ReceiveAsync(new byte[10], CancellationToken.None));
        Assert.Equal((WebSocketMessageType.Close, "stopping"), (message.MessageType, message.CloseStatusDescription));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await Eventually.TrueAsync(() => time.WaitingTimers == 0);
    }

    [Fact]
    public async Task Idle_connections_are_closed_as_soon_as_the_route_goes()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
            if (await stream.ReadAsync(new byte[1]) == 0)
            {
                closed.SetResult();
            }
        });
        await using var proxy = await StartProxyAsync(setup => setup.DrainTime = time);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        Assert.False(closed.Task.IsCompleted);
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        await Eventually.Within(closed.Task);
    }

    [Fact]
    public async Task The_connection_of_a_request_that_outlived_its_route_is_not_kept()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var open = new SemaphoreSlim(0);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            arrived.TrySetResult();
            await open.WaitAsync();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
            if (await stream.ReadAsync(new byte[1]) == 0)
            {
                closed.TrySetResult();
            }
        });
        await using var proxy = await StartProxyAsync(setup => setup.DrainTime = time);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        var answer = proxy.Client.GetStringAsync("/user/ada/");
        await Eventually.Within(arrived.Task);
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        open.Release();
        Assert.Equal("ok", await Eventually.Within(answer));
        await Eventually.Within(closed.Task);
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_requests_and_not_for_websockets()
    {
        using var gate = new Gate();
        await using var ada = await UpstreamServer.StartAsync(context => context.WebSockets.IsWebSocketRequest ? WebSocketTests.EchoAsync(context) : gate.AnswerAsync(context));
        await using var proxy = await StartAsync(ada);
        using var socket = await WebSocketTests.ConnectAsync(proxy, "/user/ada/");
        await EchoAsync(socket);
        var answer = proxy.Client.GetStringAsync("/user/ada/x");
        await gate.ArrivedAsync();
        var stopped = proxy.StopAsync();
        await Assert.ThrowsAnyAsync<WebSocketException>(() => Eventually.Within(socket.ReceiveAsync(new byte[10], CancellationToken.None)));
        Assert.False(stopped.IsCompleted);
        gate.Open();
        Assert.Equal("answer", await Eventually.Within(answer));
        await Eventually.Within(stopped);
    }

    [Fact]
    public async Task A_host_that_stops_cuts_requests_when_their_time_is_over()
    {
        using var gate = new Gate();
        await using var ada = await UpstreamServer.StartAsync(gate.AnswerAsync);
        await using var proxy = await StartAsync(ada);
        var answer = proxy.Client.GetAsync("/user/ada/x");
        await gate.ArrivedAsync();
        var stopped = proxy.StopAsync();
        await Eventually.TrueAsync(() => time.WaitingTimers == 1);
        time.Advance(RequestTime);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Eventually.Within(answer)).StatusCode);
        await Eventually.Within(stopped);
    }

    [Fact]
    public async Task Whenever_the_time_ends_an_answer_is_whole_or_visibly_broken()
    {
        var body = new string('x', 100_000);
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync(body));
        await using var proxy = await StartProxyAsync(setup => setup.DrainTime = time);
        for (var round = 0; round < 200; round++)
        {
            await proxy.RouteAsync("/user/ada/", ada.Url);
            var answer = proxy.Client.GetAsync("/user/ada/x");
            await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
            time.Advance(RequestTime);
            try
            {
                using var response = await Eventually.Within(answer);
                var text = await response.Content.ReadAsStringAsync();
                Assert.True(response.StatusCode switch
                {
                    HttpStatusCode.OK => text == body,
                    HttpStatusCode.NotFound => text == "hub",
                    HttpStatusCode.ServiceUnavailable => true,
                    _ => false,
                });
            }
            catch (HttpRequestException)
            {
                // Broken off, and the client knows.
            }

            await Eventually.TrueAsync(() => time.WaitingTimers == 0);
        }
    }

    [Fact]
    public async Task Requests_that_meet_a_change_of_their_route_all_succeed()
    {
        await using var one = await UpstreamServer.StartNamedAsync("one");
        await using var two = await UpstreamServer.StartNamedAsync("two");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", one.Url);
        using var stop = new CancellationTokenSource();
        var changes = Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                await proxy.RouteAsync("/user/ada/", count % 2 == 0 ? two.Url : one.Url);
                await Task.Yield();
            }

            return count;
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 250; round++)
            {
                using var answer = await proxy.Client.PostAsync("/user/ada/x", new StringContent("body"));
                Assert.Contains(await answer.Content.ReadAsStringAsync(), (string[])["one POST /user/ada/x", "two POST /user/ada/x"]);
            }
        })));
        await stop.CancelAsync();
        Assert.True(await changes > 100);
        Assert.All(proxy.Results, result => Assert.Equal(ForwardResult.Forwarded, result));
    }

    private static async Task EchoAsync(ClientWebSocket socket)
    {
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[10];
        var message = await Eventually.Within(socket.ReceiveAsync(buffer, CancellationToken.None));
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, message.Count));
    }

    private static async Task<string> TextAsync(ProxyHost proxy, string path)
    {
        using var answer = await proxy.Client.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<ProxyHost> StartAsync(UpstreamServer server)
    {
        var proxy = await StartProxyAsync(setup => setup.DrainTime = time);
        await proxy.RouteAsync("/user/ada/", server.Url);
        return proxy;
    }

    /// <summary>A server that answers when a test lets it.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly SemaphoreSlim open = new(0);
        private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Begins { get; init; }

        public Task ArrivedAsync() => Eventually.Within(arrived.Task);

        public Task AbortedAsync() => Eventually.Within(aborted.Task);

        public void Open() => open.Release();

        public async Task AnswerAsync(HttpContext context)
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            if (Begins)
            {
                await context.Response.WriteAsync("begun");
                await context.Response.Body.FlushAsync();
            }

            arrived.TrySetResult();
            await open.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("answer");
        }

        public void Dispose() => open.Dispose();
    }
}
