using System.Net;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ChpClient;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging;
using static JupyterHub.Proxy.Tests.ChpClient.ApiServer;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>Calls of a proxy's API that misbehaves.</summary>
public sealed class ChpApiTests : IDisposable
{
    private static readonly ProxyRoute Route = new("/user/ada/", new Uri("http://127.0.0.1:4711"), new() { ["user"] = "ada", ["server_name"] = "" });

    private readonly FakeTime time = new();
    private readonly CapturedLog log = new();
    private readonly ChpApiClient api;

    public ChpApiTests() => api = new ChpApiClient(10, time, log) { LongestAnswer = 100_000 };

    public void Dispose()
    {
        api.Dispose();
        Assert.DoesNotContain(log.Lines, line => line.Contains(Token, StringComparison.Ordinal));
        log.Dispose();
    }

    [Fact]
    public async Task A_route_is_posted_as_the_original_posts_it()
    {
        await using var server = new ApiServer(Answer(201));
        await time.ThroughAsync(api.AddAsync(server.Endpoint, Route, CancellationToken.None));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /api/routes/user/ada HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: token {Token}\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"user":"ada","server_name":"","target":"http://127.0.0.1:4711","jupyterhub":true}""", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/user/a%20b/lab/", "/user/a%20b/lab")]
    [InlineData("/user/../", "/user/..")]
    [InlineData("/user/./%2E/", "/user/./%2E")]
    public async Task Paths_go_out_as_they_are_written(string routespec, string path)
    {
        await using var server = new ApiServer(Answer(204));
        Assert.True(await time.ThroughAsync(api.RemoveAsync(server.Endpoint, routespec, CancellationToken.None)));
        Assert.StartsWith($"DELETE /api/routes{path} HTTP/1.1\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        await using var server = new ApiServer("", "HTTP/1.1 2", Answer(500), Answer(503, "busy"), "nonsense\r\n\r\n", Answer(201));
        await time.ThroughAsync(api.AddAsync(server.Endpoint, Route, CancellationToken.None));
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task After_half_a_minute_it_is_given_up()
    {
        await using var server = new ApiServer(Answer(503));
        var began = time.GetUtcNow();
        var problem = await Assert.ThrowsAsync<ProxyException>(() => time.ThroughAsync(api.AddAsync(server.Endpoint, Route, CancellationToken.None)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, problem.StatusCode);
        Assert.InRange((time.GetUtcNow() - began).TotalSeconds, 15, 40);
        Assert.InRange(server.Requests.Count, 6, 20);
    }

    [Fact]
    public async Task Nobody_there_is_given_up_too()
    {
        var nobody = new ChpEndpoint(new Uri("http://127.0.0.1:1"), Token);
        await Assert.ThrowsAsync<ProxyException>(() => time.ThroughAsync(api.ListAsync(nobody, CancellationToken.None)));
    }

    [Fact]
    public async Task A_refused_token_is_told_at_once()
    {
        await using var server = new ApiServer(Answer(403));
        var problem = await Assert.ThrowsAsync<ProxyException>(() => api.ListAsync(server.Endpoint, CancellationToken.None));
        Assert.Contains("JupyterHub:Proxy:AuthToken", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, problem.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_is_not_there_is_removed()
    {
        await using var server = new ApiServer(Answer(404));
        Assert.False(await api.RemoveAsync(server.Endpoint, "/user/ada/", CancellationToken.None));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Another_refusal_is_told_at_once(int status)
    {
        await using var server = new ApiServer(Answer(status));
        await Assert.ThrowsAsync<ProxyException>(() => api.AddAsync(server.Endpoint, Route, CancellationToken.None));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_token_follows_no_redirect()
    {
        await using var elsewhere = new ApiServer(Answer(200, "{}"));
        await using var server = new ApiServer($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Endpoint.ApiUrl}api/routes\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await Assert.ThrowsAsync<ProxyException>(() => api.ListAsync(server.Endpoint, CancellationToken.None));
        Assert.Empty(elsewhere.Requests);
    }

    /// <summary>Nothing may be taken for "there are no routes" that is not exactly that.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"/user/ada":{"target":"http://x","jupyterhub":true}""")]
    [InlineData("""{"/a":{"target":"http://x","jupyterhub":true,"jupyterhub":true}}""")]
    [InlineData("{} {}")]
    public async Task What_is_no_listing_is_an_error(string body)
    {
        await using var server = new ApiServer(Answer(200, body));
        await Assert.ThrowsAsync<ProxyException>(() => api.ListAsync(server.Endpoint, CancellationToken.None));
    }

    [Fact]
    public async Task A_listing_that_breaks_off_is_an_error()
    {
        await using var server = new ApiServer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}");
        await Assert.ThrowsAsync<ProxyException>(() => time.ThroughAsync(api.ListAsync(server.Endpoint, CancellationToken.None)));
    }

    [Fact]
    public async Task A_listing_without_end_is_an_error()
    {
        await using var server = new ApiServer(Answer(200, $$"""{"/a":"{{new string('x', 200_000)}}"}"""));
        await Assert.ThrowsAsync<ProxyException>(() => api.ListAsync(server.Endpoint, CancellationToken.None));
    }

    [Fact]
    public async Task A_proxy_that_says_nothing_is_not_waited_for()
    {
        await using var silent = RawUpstream.Start((_, stream) => stream.ReadAsync(new byte[1]).AsTask());
        var endpoint = new ChpEndpoint(silent.Url, Token);
        await Assert.ThrowsAsync<ProxyException>(() => time.ThroughAsync(api.ListAsync(endpoint, CancellationToken.None), longest: TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_allowed()
    {
        using var narrow = new ChpApiClient(3, time, log);
        var (now, most, total) = (0, 0, 0);
        var counting = new Lock();
        var gate = new TaskCompletionSource();
        await using var server = RawUpstream.Start(async (_, stream) =>
        {
            lock (counting)
            {
                total++;
                most = Math.Max(most, ++now);
            }

            await gate.Task;
            lock (counting)
            {
                now--;
            }

            await stream.WriteAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        });
        var calls = Enumerable.Range(0, 20).Select(index => narrow.RemoveAsync(new ChpEndpoint(server.Url, Token), $"/user/u{index}/", CancellationToken.None)).ToArray();
        await Eventually.TrueAsync(() => Volatile.Read(ref now) == 3);
        gate.SetResult();
        await Task.WhenAll(calls).WaitAsync(Eventually.Deadline);
        Assert.Equal((3, 20), (most, total));
    }

    [Fact]
    public async Task Whether_it_answers_is_asked_ahead_of_calls_that_hang()
    {
        using var narrow = new ChpApiClient(2, time, log);
        var (now, gate) = (0, new TaskCompletionSource());
        await using var server = RawUpstream.Start(async (head, stream) =>
        {
            if (!head.Contains("inactiveSince", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref now);
                await gate.Task;
            }

            await stream.WriteAsync("HTTP/1.1 204 No\r\nConnection: close\r\n\r\n"u8.ToArray());
        });
        var endpoint = new ChpEndpoint(server.Url, Token);
        var calls = Enumerable.Range(0, 4).Select(index => narrow.RemoveAsync(endpoint, $"/user/u{index}/", CancellationToken.None)).ToArray();
        await Eventually.TrueAsync(() => Volatile.Read(ref now) == 2);

        await narrow.PingAsync(endpoint, TimeSpan.FromSeconds(1), CancellationToken.None).WaitAsync(Eventually.Deadline);

        gate.SetResult();
        await Task.WhenAll(calls).WaitAsync(Eventually.Deadline);
    }

    /// <summary>A start that is cancelled while the proxy takes its time with the route: what is removed next must have been added by then.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_is_on_its_way_is_waited_for_when_its_caller_gives_up(bool adds)
    {
        var (come, gate, done) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        await using var server = RawUpstream.Start(async (_, stream) =>
        {
            come.SetResult();
            await gate.Task;
            Volatile.Write(ref done, true);
            await stream.WriteAsync("HTTP/1.1 201 Made\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        });
        var endpoint = new ChpEndpoint(server.Url, Token);
        using var cancelled = new CancellationTokenSource();
        var change = adds ? api.AddAsync(endpoint, Route, cancelled.Token) : api.RemoveAsync(endpoint, Route.Routespec, cancelled.Token);
        await come.Task.WaitAsync(Eventually.Deadline);
        await cancelled.CancelAsync();
        _ = Task.Run(gate.SetResult);

        await change.WaitAsync(Eventually.Deadline);

        Assert.True(Volatile.Read(ref done));
    }

    [Fact]
    public async Task A_change_that_failed_is_not_made_again_for_a_caller_who_gave_up()
    {
        var (come, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = RawUpstream.Start(async (_, _) =>
        {
            come.SetResult();
            await gate.Task;
        });
        using var cancelled = new CancellationTokenSource();
        var add = api.AddAsync(new ChpEndpoint(server.Url, Token), Route, cancelled.Token);
        await come.Task.WaitAsync(Eventually.Deadline);
        await cancelled.CancelAsync();
        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => add.WaitAsync(Eventually.Deadline));

        Assert.Equal(1, server.Connections);
    }
}
