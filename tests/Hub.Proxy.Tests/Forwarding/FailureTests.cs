using System.Net;
using System.Net.Sockets;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>Servers that are not there, that die, and that lie.</summary>
public class FailureTests : ForwardingTest
{
    [Fact]
    public async Task A_server_that_is_not_there_is_503_with_the_hubs_page()
    {
        await using var proxy = await StartProxyAsync(setup => setup.ErrorPage = new Page());
        await proxy.RouteAsync("/user/ada/", NobodyThere());
        using var answer = await proxy.Client.GetAsync("/user/ada/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("page for /user/ada/ 503", await answer.Content.ReadAsStringAsync());
        Assert.Equal(ForwardResult.Unavailable, Assert.Single(proxy.Results));
        Assert.Contains(proxy.LogLines, line => line.StartsWith("5010 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_page_the_status_is_said_in_words()
    {
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", NobodyThere());
        using var answer = await proxy.Client.PostAsync("/user/ada/x", new StringContent("body"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("Service Unavailable", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_websocket_to_nobody_is_503()
    {
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", NobodyThere());
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 20x OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA\rB: c\r\n\r\n")]
    public async Task A_server_that_dies_or_stammers_before_its_answer_is_503(string answer)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var response = await proxy.Client.GetAsync("/user/ada/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(ForwardResult.Unavailable, Assert.Single(proxy.Results));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n5\r\nhal")]
    public async Task A_server_that_dies_within_its_answer_leaves_a_broken_one_and_no_short_success(string answer)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        var broken = await Assert.ThrowsAnyAsync<HttpRequestException>(() => proxy.Client.GetStringAsync("/user/ada/x"));
        Assert.True(broken.StatusCode is null or HttpStatusCode.ServiceUnavailable);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        Assert.NotEqual(ForwardResult.Forwarded, Assert.Single(proxy.Results));
    }

    [Fact]
    public async Task A_server_that_says_more_than_it_announced_is_cut_off_there()
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\nSet-Cookie: evil=1\r\n\r\nevil");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        for (var round = 0; round < 10; round++)
        {
            using var answer = await proxy.Client.GetAsync("/user/ada/x");
            Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nhello")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task Unusual_answers_come_out_in_order(string answer)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        Assert.Equal("hello", await proxy.Client.GetStringAsync("/user/ada/x"));
    }

    [Fact]
    public async Task A_null_in_a_header_does_not_get_through()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 200 OK\r\nX-Text: b\0c\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Contains("X-Text: b c\r\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_503()
    {
        await using var upstream = RawUpstream.Answering($"HTTP/1.1 200 OK\r\nA: {new string('a', 20_000)}\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await StartProxyAsync(setup => setup.Proxy = options => options.MaxResponseHeadersKilobytes = 16);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var answer = await proxy.Client.GetAsync("/user/ada/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task A_server_that_stays_silent_is_504_in_the_end()
    {
        var silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(_ => silence.Task);
        await using var proxy = await StartProxyAsync(setup => setup.Proxy = options => options.ActivityTimeout = TimeSpan.FromMilliseconds(200));
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var answer = await proxy.Client.GetAsync("/user/ada/x");
        silence.SetResult();
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal(ForwardResult.Unavailable, Assert.Single(proxy.Results));
    }

    [Fact]
    public async Task An_answer_that_falls_silent_is_cut_and_its_client_has_not_left()
    {
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray());
            await stream.ReadExactlyAsync(new byte[1]);
        });
        await using var proxy = await StartProxyAsync(setup =>
        {
            setup.Proxy = options => options.ActivityTimeout = TimeSpan.FromSeconds(1);
            setup.Pipeline = EarlyWord.Use;
        });
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        string answer;
        do
        {
            // On a machine that is busy enough the silence begins before the answer does.
            using var connection = await proxy.ConnectAsync();
            await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
            answer = await Eventually.Within(connection.ReadToEndAsync());
        }
        while (!answer.EndsWith("half", StringComparison.Ordinal));

        await Eventually.TrueAsync("its end", () => proxy.Results.Any(result => result is ForwardResult.Interrupted or ForwardResult.ClientGone));
        Assert.Equal(ForwardResult.Interrupted, proxy.Results.Last());
    }

    [Fact]
    public async Task An_answer_that_its_client_takes_nothing_of_is_cut_and_its_client_has_not_left()
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block);
            }
        });
        await using var proxy = await StartProxyAsync(setup =>
        {
            setup.Proxy = options => options.ActivityTimeout = TimeSpan.FromSeconds(1);
            setup.Pipeline = EarlyWord.Use;
        });
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var idle = await proxy.ConnectAsync();
        for (var attempt = 1; !proxy.Results.Any(result => result is ForwardResult.Interrupted or ForwardResult.ClientGone); attempt++)
        {
            // On a machine that is busy enough the silence begins before the answer does, and the next request gets its turn.
            await idle.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
            await Eventually.TrueAsync("an end", () => proxy.Results.Count == attempt);
        }

        Assert.Equal(ForwardResult.Interrupted, proxy.Results.Last());
    }

    [Fact]
    public async Task A_server_that_cannot_be_connected_to_in_time_is_503()
    {
        // A listener with a full backlog takes no connection and refuses none.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var endpoint = (IPEndPoint)full.LocalEndPoint!;
        using var first = new TcpClient();
        await first.ConnectAsync(endpoint);
        using var second = new TcpClient();
        _ = second.ConnectAsync(endpoint).ContinueWith(_ => { }, TaskScheduler.Default);

        await using var proxy = await StartProxyAsync(setup => setup.Proxy = options => options.ConnectTimeout = TimeSpan.FromMilliseconds(200));
        await proxy.RouteAsync("/user/ada/", new Uri($"http://{endpoint}"));
        using var answer = await proxy.Client.GetAsync("/user/ada/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task A_broken_upload_is_the_clients_fault()
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(ForwardResult.BadRequest, Assert.Single(proxy.Results));
    }

    [Fact]
    public async Task After_a_failure_the_next_request_is_served()
    {
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", NobodyThere());
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadUntilAsync("0\r\n\r\n"), StringComparison.Ordinal);
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Contains("ada GET /user/ada/", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static Uri NobodyThere() => new($"http://127.0.0.1:{FreePort.Find()}");

    private sealed class Page : IProxyErrorPage
    {
        public Task WriteAsync(HttpContext context, ProxyFailure failure) =>
            context.Response.WriteAsync($"page for {failure.Route.Routespec.Text} {failure.StatusCode}");
    }
}
