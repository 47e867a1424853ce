using System.Net.WebSockets;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.ActivityTracking;

public class ActivityTests : ForwardingTest
{
    private readonly ActivityClock time = new();

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(302, false)]
    [InlineData(304, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task An_answer_counts_when_it_is_a_success(int status, bool counts)
    {
        await using var ada = await UpstreamServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var proxy = await StartAsync(ada.Url);
        var before = await LastAsync(proxy);
        time.Advance();
        using var answer = await proxy.Client.GetAsync("/user/ada/");
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        Assert.Equal(counts ? time.GetUtcNow() : before, await LastAsync(proxy));
    }

    [Fact]
    public async Task A_server_that_is_not_there_was_not_used()
    {
        await using var proxy = await StartAsync(new Uri("http://127.0.0.1:1"));
        var before = await LastAsync(proxy);
        time.Advance();
        using var answer = await proxy.Client.GetAsync("/user/ada/");
        Assert.Equal(before, await LastAsync(proxy));
    }

    [Fact]
    public async Task A_stream_counts_with_each_piece()
    {
        using var next = new SemaphoreSlim(0);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            while (true)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync("data: x\n\n");
                await context.Response.Body.FlushAsync();
            }
        });
        await using var proxy = await StartAsync(ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        for (var round = 0; round < 3; round++)
        {
            time.Advance();
            next.Release();
            await connection.ReadUntilAsync("data: x\n\n\r\n");
            var now = time.GetUtcNow();
            await Eventually.TrueAsync(() => LastAsync(proxy).IsCompletedSuccessfully && Last(proxy) == now);
        }
    }

    [Fact]
    public async Task An_upload_counts_with_each_piece()
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var proxy = await StartAsync(ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var round = 0; round < 3; round++)
        {
            time.Advance();
            var now = time.GetUtcNow();
            await connection.SendAsync("5\r\nhello\r\n");
            await Eventually.TrueAsync(() => Last(proxy) == now);
        }
    }

    [Fact]
    public async Task A_websocket_counts_in_both_directions_and_not_when_idle()
    {
        using var next = new SemaphoreSlim(0);
        var received = new SemaphoreSlim(0);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[10], context.RequestAborted);
            received.Release();
            await next.WaitAsync(context.RequestAborted);
            await socket.SendAsync("back"u8.ToArray(), WebSocketMessageType.Text, true, context.RequestAborted);
            await socket.ReceiveAsync(new byte[10], context.RequestAborted);
        });
        await using var proxy = await StartAsync(ada.Url);
        using var client = new ClientWebSocket();
        time.Advance();
        var opened = time.GetUtcNow();
        await client.ConnectAsync(new Uri($"ws://{proxy.Url.Authority}/user/ada/"), CancellationToken.None);
        await Eventually.TrueAsync(() => Last(proxy) == opened);

        time.Advance();
        Assert.Equal(opened, Last(proxy));
        await client.SendAsync("there"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await Eventually.Within(received.WaitAsync());
        Assert.Equal(time.GetUtcNow(), Last(proxy));

        time.Advance();
        next.Release();
        await client.ReceiveAsync(new byte[10], CancellationToken.None);
        var now = time.GetUtcNow();
        await Eventually.TrueAsync(() => Last(proxy) == now);
    }

    [Fact]
    public async Task One_users_activity_is_not_anothers()
    {
        await using var server = await UpstreamServer.StartNamedAsync("both");
        await using var proxy = await StartAsync(server.Url);
        await proxy.RouteAsync("/user/eve/", server.Url);
        var before = Last(proxy);
        time.Advance();
        await proxy.Client.GetStringAsync("/user/eve/");
        Assert.Equal(before, Last(proxy));
    }

    private async Task<ProxyHost> StartAsync(Uri target)
    {
        var proxy = await StartProxyAsync(setup => setup.Time = time);
        await proxy.RouteAsync("/user/ada/", target);
        return proxy;
    }

    private static async Task<DateTimeOffset?> LastAsync(ProxyHost proxy) =>
        (await proxy.Proxy.GetRoutesAsync(CancellationToken.None)).Single(route => route.Routespec == "/user/ada/").LastActivity;

    private static DateTimeOffset? Last(ProxyHost proxy) =>
        proxy.Proxy.Routes.Current.Routes.Single(route => route.Routespec.Text == "/user/ada/").Activity.Last;
}
