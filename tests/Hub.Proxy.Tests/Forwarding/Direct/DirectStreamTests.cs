using System.Text;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>Bodies under way: pieces of any size, early answers, silence and whoever leaves first.</summary>
public class DirectStreamTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nX-Sum: 1\r\n\r\n")]
    public async Task An_answer_may_come_byte_by_byte(string answer)
    {
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            foreach (var letter in Encoding.ASCII.GetBytes(answer))
            {
                await stream.WriteAsync(new[] { letter });
                await Task.Yield();
            }
        });
        await using var proxy = await StartAsync(upstream.Url);
        Assert.Equal("hello", await proxy.Client.GetStringAsync("/user/ada/"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_000)]
    [InlineData(8_192)]
    [InlineData(8_193)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task Bodies_of_any_size_come_back_as_they_went(int size)
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var framing = $"{context.Request.ContentLength?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "chunked"} ";
            await context.Response.WriteAsync(framing);
            await context.Response.Body.WriteAsync(body.ToArray());
        });
        await using var proxy = await StartAsync(ada.Url);
        var sent = new byte[size];
        Array.Fill(sent, (byte)'b');
        foreach (var isChunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/user/ada/") { Content = new ByteArrayContent(sent) };
            request.Headers.TransferEncodingChunked = isChunked;
            using var answer = await proxy.Client.SendAsync(request);
            Assert.Equal($"{(isChunked ? "chunked" : size)} {new string('b', size)}", await answer.Content.ReadAsStringAsync());
        }

        Assert.All(proxy.Results, result => Assert.Equal(ForwardResult.Forwarded, result));
    }

    [Fact]
    public async Task A_short_body_leaves_with_its_head()
    {
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            // Whatever came in the same packet as the head is there without waiting.
            var buffer = new byte[100];
            first.SetResult(stream.DataAvailable ? Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)) : "");
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        });
        await using var proxy = await StartAsync(upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 5\r\n\r\nhello");
        Assert.StartsWith("HTTP/1.1 204 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("hello", await first.Task);
    }

    [Fact]
    public async Task An_answer_before_the_end_of_its_request_arrives_and_its_connection_is_closed()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly"u8.ToArray());
            await ReadToEndAsync(stream);
            ended.SetResult();
        });
        await using var proxy = await StartAsync(upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\nhalf");
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadUntilAsync("early"), StringComparison.Ordinal);
        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        Assert.Equal(ForwardResult.Forwarded, Assert.Single(proxy.Results));
        Assert.Equal(0, proxy.DirectConnections);
    }

    [Fact]
    public async Task A_refusal_on_a_connection_that_closes_within_an_upload_is_heard()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno!");
        await using var proxy = await StartAsync(upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadUntilAsync("no!"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_and_answer_run_side_by_side()
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            var buffer = new byte[100];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
                await context.Response.Body.FlushAsync();
            }
        });
        await using var proxy = await StartAsync(ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var word in new[] { "one", "two", "six" })
        {
            await connection.SendAsync($"3\r\n{word}\r\n");
            Assert.EndsWith($"3\r\n{word}\r\n", await connection.ReadUntilAsync($"{word}\r\n"), StringComparison.Ordinal);
        }

        await connection.SendAsync("0\r\n\r\n");
        Assert.Equal("0\r\n\r\n", await connection.ReadHeadAsync());
    }

    [Theory]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n", "")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\nhalf", "")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n", "")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n", "HTTP/1.1 200 O")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nhalf")]
    public async Task Whoever_leaves_at_any_stage_leaves_for_the_server_too(string request, string answer)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            begun.SetResult();
            await ReadToEndAsync(stream);
            ended.SetResult();
        });
        await using var proxy = await StartAsync(upstream.Url);
        using (var connection = await proxy.ConnectAsync())
        {
            await connection.SendAsync(request);
            await Eventually.Within(begun.Task);
            if (answer.EndsWith("half", StringComparison.Ordinal))
            {
                await connection.ReadUntilAsync("half");
            }
        }

        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => !proxy.Results.IsEmpty);
        Assert.NotEqual(ForwardResult.Forwarded, Assert.Single(proxy.Results));
        Assert.Equal(0, proxy.DirectConnections);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n", "")]
    [InlineData("", "\r\n")]
    public async Task A_server_that_falls_silent_within_its_answer_is_given_up_and_nobody_takes_the_part_for_the_whole(string framing, string rest)
    {
        var time = new FakeTime();
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{framing}\r\nhalf"));
            await ReadToEndAsync(stream);
        });
        await using var proxy = await StartAsync(upstream.Url, setup =>
        {
            setup.Time = time;
            setup.Proxy = options => options.ActivityTimeout = TimeSpan.FromMinutes(1);
        });
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        await connection.ReadUntilAsync("half");
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(1, proxy.DirectConnections);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(rest, await connection.ReadToEndAsync());
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0 && proxy.Results.Count == 1);
        Assert.NotEqual(ForwardResult.Forwarded, Assert.Single(proxy.Results));
    }

    [Fact]
    public async Task Who_does_not_read_holds_no_more_than_a_little_of_an_answer()
    {
        const int Most = 64 * 1024 * 1024;
        var sent = 0L;
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            var block = new byte[64 * 1024];
            context.Response.ContentLength = Most;
            for (var left = Most; left > 0; left -= block.Length)
            {
                await context.Response.Body.WriteAsync(block);
                Interlocked.Add(ref sent, block.Length);
            }
        });
        await using var proxy = await StartAsync(ada.Url);
        using var lazy = await proxy.ConnectAsync();
        await lazy.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        await lazy.ReadHeadAsync();

        // Another request goes all the way through while this one is not read.
        Assert.Equal(Most, (await proxy.Client.GetByteArrayAsync("/user/ada/")).Length);
        Assert.InRange(Interlocked.Read(ref sent), Most, Most + (Most / 2));
        Assert.Equal(Most, (await lazy.ReadToEndAsync()).Length);
    }

    [Theory]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_client_of_http_2_is_served_too(HttpProtocols protocols)
    {
        var cookie = "";
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            cookie = context.Request.Headers.Cookie.ToString();
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await using var proxy = await StartAsync(ada.Url, setup => setup.Protocols = protocols);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/user/ada/")
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(new string('b', 100_000)),
        };
        request.Headers.TryAddWithoutValidation("Cookie", ["a=1", "b=2"]);
        using var answer = await proxy.Client.SendAsync(request);
        Assert.Equal(100_000, (await answer.Content.ReadAsStringAsync()).Length);
        Assert.Equal("a=1; b=2", cookie);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 1);
    }

    private static async Task ReadToEndAsync(Stream stream)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    private static async Task<ProxyHost> StartAsync(Uri target, Action<ProxyHostSetup>? configure = null)
    {
        var proxy = await ProxyHost.StartAsync(configure);
        await proxy.RouteAsync("/user/ada/", target);
        return proxy;
    }
}
