using System.Net;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>Fields behind a body: passed on where the next hop has a place for them, never taken for headers.</summary>
public class TrailerTests
{
    [Fact]
    public async Task Trailers_of_a_chunked_answer_reach_a_client_of_http_2()
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n");
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Protocols = HttpProtocols.Http2);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/user/ada/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await proxy.Client.SendAsync(request);
        Assert.Equal("hello", await answer.Content.ReadAsStringAsync());
        Assert.Equal("42", Assert.Single(answer.TrailingHeaders.GetValues("X-Sum")));
        Assert.False(answer.Headers.Contains("X-Sum"));
    }

    [Fact]
    public async Task A_client_of_http_1_gets_the_body_whole_and_no_trailer_as_header()
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Set-Cookie\r\n\r\n5\r\nhello\r\n0\r\nSet-Cookie: a=b\r\nContent-Length: 3\r\n\r\n");
        await using var proxy = await ProxyHost.StartAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.DoesNotContain("a=b", answer[..body], StringComparison.Ordinal);
        Assert.StartsWith("\r\n\r\n5\r\nhello\r\n0\r\n", answer[body..], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailers_of_a_request_are_not_headers_for_the_server()
    {
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            await context.Response.WriteAsync($"{body} for={context.Request.Headers["X-Forwarded-For"]} evil={context.Request.Headers["X-Evil"]}");
        });
        await using var proxy = await ProxyHost.StartAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: X-Evil\r\n\r\n" +
            "5\r\nhello\r\n0\r\nX-Evil: yes\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: 99\r\n\r\n");
        Assert.Contains("hello for=127.0.0.1 evil=", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailers_without_a_body_pass_too()
    {
        await using var ada = await UpstreamServer.StartAsync(
            context =>
            {
                context.Response.ContentType = "application/grpc";
                context.Response.Headers.Append("grpc-status", "12");
                return Task.CompletedTask;
            },
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Protocols = HttpProtocols.Http2);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/user/ada/echo/Nothing")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc") } },
        };
        using var answer = await Eventually.Within(proxy.Client.SendAsync(request));
        Assert.Equal("12", Assert.Single(answer.Headers.Concat(answer.TrailingHeaders), header => header.Key == "grpc-status").Value.Single());
    }
}
