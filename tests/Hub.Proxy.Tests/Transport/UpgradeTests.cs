using System.Net;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>Connections become WebSockets and nothing else.</summary>
public class UpgradeTests : ForwardingTest
{
    private const string Second = "GET /user/ada/second HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData("h2c")]
    [InlineData("HTTP/2.0")]
    [InlineData("TLS/1.0")]
    [InlineData("SPDY/3.1")]
    [InlineData("tcp")]
    [InlineData("websocket, h2c")]
    [InlineData("h2c, websocket")]
    [InlineData("websocket/13")]
    [InlineData("websockets")]
    [InlineData("")]
    public async Task Another_protocol_is_not_upgraded_to_and_the_server_does_not_hear_of_it(string protocol)
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync(
            $"[{context.Request.Path} {context.Request.Headers.Upgrade}|{context.Request.Headers.Connection}|{context.Request.Headers["HTTP2-Settings"]}]"));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            $"GET /user/ada/first HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: {protocol}\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n{Second}");
        var answers = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answers, StringComparison.Ordinal);
        Assert.Contains("[/user/ada/first ||]", answers, StringComparison.Ordinal);

        // What follows is a request of its own or nothing, never the other protocol's.
        Assert.True(!answers.Contains("second", StringComparison.Ordinal) || answers.Contains("[/user/ada/second ||]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task Only_GET_opens_a_websocket(string method)
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync($"{context.WebSockets.IsWebSocketRequest}{context.Request.Headers.Upgrade}"));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            $"{method} /user/ada/x HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.Contains("False\r\n", await connection.ReadUntilAsync("0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_with_an_upgrade_that_is_not_made_arrives()
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Request.Body.CopyToAsync(context.Response.Body));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"POST /user/ada/x HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\nhello{Second}");
        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n5\r\nhello\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT ada:443 HTTP/1.1\r\nHost: ada:443\r\n\r\n")]
    [InlineData("CONNECT /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n")]
    [InlineData("CONNECT http://hub/user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n")]
    public async Task There_are_no_tunnels(string request)
    {
        var asked = 0;
        await using var ada = await UpstreamServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(request);
        Assert.Matches("^HTTP/1.1 (400|405|501) ", await connection.ReadHeadAsync());
        Assert.Equal(0, asked);
    }

    [Theory]
    [InlineData("connect-udp")]
    [InlineData("webtransport")]
    public async Task Over_http_2_other_protocols_are_not_implemented(string protocol)
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync(setup => setup.Protocols = HttpProtocols.Http2);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var request = new HttpRequestMessage(HttpMethod.Connect, "/user/ada/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Protocol = protocol;
        using var answer = await Eventually.Within(proxy.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        await Eventually.TrueAsync(() => proxy.Results.Contains(ForwardResult.BadRequest));
    }
}
