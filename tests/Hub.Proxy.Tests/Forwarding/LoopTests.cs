using System.Net;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Testing;
using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>Routes that lead back to the hub, on purpose or by mistake.</summary>
public class LoopTests : ForwardingTest
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("GET", "Connection: CDN-Loop\r\n")]
    [InlineData("GET", "CDN-Loop: a.example\r\nCDN-Loop: b.example; x=1\r\n")]
    [InlineData("GET", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
    public async Task A_request_that_goes_in_circles_is_ended(string method, string headers)
    {
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/services/loop/", proxy.Url);
        using var connection = await proxy.ConnectAsync();
        var length = method == "POST" ? "Content-Length: 4\r\n" : "";
        await connection.SendAsync($"{method} /services/loop/x HTTP/1.1\r\nHost: hub\r\n{headers}{length}\r\n{(method == "POST" ? "body" : "")}");

        Assert.StartsWith("HTTP/1.1 508 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => proxy.Results.Count == LoopGuard.MostPasses + 1);
        Assert.Equal(1, proxy.Results.Count(result => result == ForwardResult.Looping));
        var line = Assert.Single(proxy.LogLines, line => line.StartsWith("5012 ", StringComparison.Ordinal));
        Assert.Contains("/services/loop/", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hubs_that_send_to_each_other_stop_too()
    {
        await using var one = await StartProxyAsync();
        await using var other = await StartProxyAsync();
        await one.RouteAsync("/services/loop/", other.Url);
        await other.RouteAsync("/services/loop/", one.Url);
        using var answer = await one.Client.GetAsync("/services/loop/x");
        Assert.Equal(HttpStatusCode.LoopDetected, answer.StatusCode);
        Assert.Equal("Loop Detected", await answer.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(() => one.Results.Count + other.Results.Count == 2 * LoopGuard.MostPasses + 1);
    }

    /// <summary>A server that forwards what it gets, headers and all, to another user's server behind the same hub.</summary>
    [Fact]
    public async Task Servers_may_call_each_other_through_the_hub()
    {
        ProxyHost? proxy = null;
        await using var end = await UpstreamServer.StartAsync(context => context.Response.WriteAsync($"end {context.Request.Headers[LoopGuard.HeaderName]}"));
        await using var middle = await UpstreamServer.StartAsync(async context =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/user/grace/x");
            request.Headers.TryAddWithoutValidation(LoopGuard.HeaderName, context.Request.Headers[LoopGuard.HeaderName].ToArray());
            using var answer = await proxy!.Client.SendAsync(request);
            await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync());
        });
        await using var host = proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", middle.Url);
        await proxy.RouteAsync("/user/grace/", end.Url);
        for (var request = 0; request < 10; request++)
        {
            var marks = (await proxy.Client.GetStringAsync("/user/ada/x")).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["end", marks[1], marks[1]], marks);
        }
    }

    [Fact]
    public async Task What_others_say_of_their_passes_is_handed_on_and_does_not_count()
    {
        await using var server = await UpstreamServer.StartAsync(context => context.Response.WriteAsync(context.Request.Headers[LoopGuard.HeaderName].ToString()));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", server.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/user/ada/x");
        var foreign = string.Join(", ", Enumerable.Repeat("jupyterhub-0123456789abcdef", 9));
        request.Headers.TryAddWithoutValidation(LoopGuard.HeaderName, foreign);
        using var answer = await proxy.Client.SendAsync(request);
        Assert.StartsWith($"{foreign}, jupyterhub-", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
