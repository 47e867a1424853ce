using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Forwarding.Direct;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>Which connections are used again, and what happens when one dies meanwhile.</summary>
public class KeptConnectionTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [InlineData(Ok)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + Ok)]
    public async Task What_ends_clearly_leaves_a_connection_for_the_next(string answer)
    {
        await using var upstream = RawUpstream.Repeating(answer);
        await using var proxy = await StartAsync(upstream.Url);
        for (var round = 0; round < 5; round++)
        {
            using var response = await proxy.Client.GetAsync("/user/ada/");
            await response.Content.ReadAsStringAsync();
            await Eventually.TrueAsync(() => proxy.Results.Count == round + 1);
        }

        Assert.Equal(1, upstream.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok!")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + Ok)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n")]
    public async Task What_leaves_a_doubt_does_not(string answer)
    {
        await using var upstream = RawUpstream.Repeating(answer);
        await using var proxy = await StartAsync(upstream.Url);
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
            await Eventually.TrueAsync(() => proxy.Results.Count == round + 1);
        }

        Assert.Equal(5, upstream.Connections);
        Assert.Equal(0, proxy.DirectConnections);
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", 200)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 500\r\n\r\n", 204)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", 204)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", 304)]
    public async Task What_announces_a_body_that_does_not_belong_there_cannot_send_it_to_the_next(string method, string answer, int status)
    {
        await using var upstream = RawUpstream.Repeating(answer);
        await using var proxy = await StartAsync(upstream.Url);
        for (var round = 0; round < 3; round++)
        {
            using var response = await proxy.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/user/ada/"));
            Assert.Equal(status, (int)response.StatusCode);
            await Eventually.TrueAsync(() => proxy.Results.Count == round + 1);
        }

        Assert.Equal(3, upstream.Connections);
        Assert.Equal(0, proxy.DirectConnections);
    }

    [Fact]
    public async Task What_a_server_says_unasked_is_nobodys_answer()
    {
        using var said = new SemaphoreSlim(0);
        using var may = new SemaphoreSlim(0);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok));
            await may.WaitAsync();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"u8.ToArray());
            said.Release();
            await RawUpstream.ReadHeadAsync(stream);
        });
        await using var proxy = await StartAsync(upstream.Url);
        for (var round = 0; round < 10; round++)
        {
            Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
            may.Release();
            await Eventually.Within(said.WaitAsync());
        }
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("DELETE", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    [InlineData("X-CUSTOM", false)]
    public async Task A_request_whose_connection_dies_is_sent_again_when_that_is_safe(string method, bool again)
    {
        var seen = new ConcurrentQueue<string>();
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok));

            // The second request of a connection is read and never answered.
            seen.Enqueue(await RawUpstream.ReadHeadAsync(stream));
        });
        await using var proxy = await StartAsync(upstream.Url, setup => setup.Time = new FakeTime());
        Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
        await Eventually.TrueAsync(() => proxy.Results.Count == 1);
        using var answer = await proxy.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/user/ada/second"));
        Assert.Equal(again ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith($"{method} /user/ada/second ", seen.First(), StringComparison.Ordinal);
        Assert.Equal(again ? 2 : 1, upstream.Connections);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task A_request_with_a_body_is_never_sent_twice(string method)
    {
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok));
            await RawUpstream.ReadHeadAsync(stream);
        });
        await using var proxy = await StartAsync(upstream.Url, setup => setup.Time = new FakeTime());
        Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
        await Eventually.TrueAsync(() => proxy.Results.Count == 1);
        using var answer = await proxy.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/user/ada/") { Content = new StringContent("body") });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, upstream.Connections);
    }

    [Theory]
    [InlineData("GET", "", 1)]
    [InlineData("POST", "", 2)]
    [InlineData("POST", "body", 2)]
    [InlineData("PUT", "body", 2)]
    public async Task What_cannot_be_sent_again_takes_no_connection_that_has_rested(string method, string body, int connections)
    {
        var time = new FakeTime();
        await using var upstream = RawUpstream.Repeating(Ok);
        await using var proxy = await StartAsync(upstream.Url, setup => setup.Time = time);
        for (var round = 0; round < 3; round++)
        {
            await AskAsync(HttpMethod.Get, "");
        }

        Assert.Equal(1, upstream.Connections);
        time.Advance(TimeSpan.FromSeconds(1));

        // A server may be closing it right now. Then one that was just used is as good as a new one.
        for (var round = 0; round < 3; round++)
        {
            await AskAsync(new HttpMethod(method), body);
        }

        Assert.Equal(connections, upstream.Connections);

        async Task AskAsync(HttpMethod method, string body)
        {
            var before = proxy.Results.Count;
            using var request = new HttpRequestMessage(method, "/user/ada/") { Content = body.Length > 0 ? new StringContent(body) : null };
            using var answer = await proxy.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Eventually.TrueAsync(() => proxy.Results.Count > before);
        }
    }

    [Fact]
    public async Task A_first_connection_that_dies_is_not_tried_again()
    {
        await using var upstream = RawUpstream.Start((_, _) => Task.CompletedTask);
        await using var proxy = await StartAsync(upstream.Url);
        using var answer = await proxy.Client.GetAsync("/user/ada/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, upstream.Connections);
    }

    [Fact]
    public async Task A_body_goes_out_on_a_new_connection_when_the_kept_one_was_closed()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kept = new TaskCompletionSource<NetworkStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            kept.TrySetResult(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok));
            await closed.Task;
        });
        await using var proxy = await StartAsync(upstream.Url);
        Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
        await Eventually.TrueAsync(() => proxy.Results.Count == 1);

        // The end has to have come before the next request.
        (await kept.Task).Close();
        closed.SetResult();
        await Eventually.TrueAsync("the end to have come", () => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Any(connection => connection.RemoteEndPoint.Port == upstream.Url.Port && connection.State == TcpState.CloseWait));
        using var answer = await proxy.Client.PostAsync("/user/ada/", new StringContent("body"));
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, upstream.Connections);
    }

    [Fact]
    public async Task They_are_closed_after_a_minute_without_use()
    {
        var time = new FakeTime();
        await using var upstream = RawUpstream.Repeating(Ok);
        await using var proxy = await StartAsync(upstream.Url, setup => setup.Time = time);
        Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
        await Eventually.TrueAsync(() => proxy.Results.Count == 1);
        time.Advance(TimeSpan.FromSeconds(55));
        Assert.Equal(1, proxy.DirectConnections);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, proxy.DirectConnections);
        Assert.Equal("ok", await proxy.Client.GetStringAsync("/user/ada/"));
        Assert.Equal(2, upstream.Connections);
    }

    [Fact]
    public async Task Each_request_gets_its_own_answer_on_whichever_connection()
    {
        await using var ada = await UpstreamServer.StartAsync(EchoAsync);
        await using var eve = await UpstreamServer.StartAsync(EchoAsync);
        await using var proxy = await StartAsync(ada.Url);
        await proxy.RouteAsync("/user/eve/", eve.Url);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, cancellation) =>
        {
            var target = $"/user/{(number % 2 == 0 ? "ada" : "eve")}/{number}";
            using var request = new HttpRequestMessage(number % 3 == 0 ? HttpMethod.Post : HttpMethod.Get, target);
            var body = number % 3 == 0 ? new string((char)('a' + (number % 26)), number * 7) : "";
            request.Content = body.Length > 0 ? new StringContent(body) : null;
            using var answer = await proxy.Client.SendAsync(request, cancellation);
            Assert.Equal($"{target} {body}", await answer.Content.ReadAsStringAsync(cancellation));
        });
        Assert.InRange(proxy.DirectConnections, 1, 64);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync($"{context.Request.Path} {await reader.ReadToEndAsync()}");
    }

    private static async Task<ProxyHost> StartAsync(Uri target, Action<ProxyHostSetup>? configure = null)
    {
        var proxy = await ProxyHost.StartAsync(configure);
        await proxy.RouteAsync("/user/ada/", target);
        return proxy;
    }
}
