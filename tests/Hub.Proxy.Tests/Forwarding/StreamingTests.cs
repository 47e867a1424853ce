using JupyterHub.Testing;
using System.Net;
using System.Text;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>Nothing waits for the end, in either direction.</summary>
public class StreamingTests : ForwardingTest
{
    [Fact]
    public async Task Server_sent_events_arrive_one_by_one_and_the_head_before_the_first()
    {
        using var next = new SemaphoreSlim(0);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            for (var number = 1; number <= 3; number++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"data: {number}\n\n");
                await context.Response.Body.FlushAsync();
            }
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Contains("Content-Type: text/event-stream\r\n", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        for (var number = 1; number <= 3; number++)
        {
            next.Release();
            Assert.Contains($"data: {number}", await connection.ReadUntilAsync("\n\n\r\n"), StringComparison.Ordinal);
        }

        Assert.Equal("0\r\n\r\n", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task An_upload_reaches_the_server_while_it_is_being_sent()
    {
        const long Length = 200L * 1024 * 1024;
        var received = 0L;
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
            {
                Interlocked.Add(ref received, read);
            }

            await context.Response.WriteAsync(Interlocked.Read(ref received).ToString(System.Globalization.CultureInfo.InvariantCulture));
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"PUT /user/ada/api/contents/big HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: {Length}\r\n\r\n");
        var block = new byte[1024 * 1024];
        for (var sent = 0L; sent < Length; sent += block.Length)
        {
            await connection.Stream.WriteAsync(block);

            // Whatever is under way sits in socket buffers, never 16 MB of it: a proxy that collects would stop here.
            var due = sent + block.Length - (16L * 1024 * 1024);
            await Eventually.TrueAsync(() => Interlocked.Read(ref received) >= due);
        }

        Assert.Contains($"\r\n{Length}\r\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_nobody_reads_any_more_ends_for_the_server()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block);
            }
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using (var connection = await proxy.ConnectAsync())
        {
            await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
            await connection.ReadHeadAsync();
            connection.Reset();
        }

        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => proxy.Results.Contains(ForwardResult.ClientGone));
    }

    [Fact]
    public async Task A_client_that_leaves_before_the_answer_takes_the_request_along()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            started.SetResult();
            await ended.Task;
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using (var connection = await proxy.ConnectAsync())
        {
            await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
            await Eventually.Within(started.Task);
        }

        await Eventually.Within(ended.Task);
        await Eventually.TrueAsync(() => proxy.Results.Contains(ForwardResult.ClientGone));
    }

    [Fact]
    public async Task The_client_may_continue_only_when_the_server_says_so()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            await read.Task;
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
        read.SetResult();
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await connection.ReadHeadAsync());
        await connection.SendAsync("hello");
        Assert.Contains("\r\nhello\r\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_an_upload_is_heard_before_it_is_sent()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno!");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nExpect: 100-continue\r\nContent-Length: 500000000\r\n\r\n");
        var answer = await connection.ReadUntilAsync("no!");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_beyond_the_hosts_own_limit_passes()
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await context.Response.WriteAsync(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        });
        await using var proxy = await StartProxyAsync(setup => setup.Kestrel = kestrel => kestrel.Limits.MaxRequestBodySize = 1_000);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var answer = await proxy.Client.PostAsync("/user/ada/", new ByteArrayContent(new byte[100_000]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("100000", Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }
}
