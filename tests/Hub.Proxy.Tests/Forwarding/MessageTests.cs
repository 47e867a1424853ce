using JupyterHub.Testing;
using System.Net;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>Methods, headers and statuses pass through as they are.</summary>
public class MessageTests : ForwardingTest
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    [InlineData("X-Custom")]
    public async Task Any_method_passes(string method)
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var answer = await proxy.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/user/ada/x"));
        Assert.Equal($"ada {method} /user/ada/x", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_gives_the_length_and_no_body()
    {
        await using var ada = await UpstreamServer.StartAsync(context =>
        {
            context.Response.ContentLength = 12345;
            return Task.CompletedTask;
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("HEAD /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        Assert.Contains("Content-Length: 12345\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_reaches_nobody()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_headers_arrive_the_hop_by_hop_ones_do_not()
    {
        var head = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (request, stream) =>
        {
            head.SetResult(request);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(
            "GET /user/ada/ HTTP/1.1\r\nHost: hub.example:8000\r\nAuthorization: token abc\r\nCookie: a=1\r\nCookie: b=2\r\n" +
            "Accept-Encoding: gzip, br\r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Text: caf\u00c3\u00a9\r\nOrigin: http://hub.example:8000\r\n" +
            "Connection: X-Secret, Host\r\nX-Secret: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authorization: Basic eA==\r\nTE: trailers, gzip\r\n" +
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n");
        var lines = (await Eventually.Within(head.Task)).Split("\r\n");
        Assert.Equal("GET /user/ada/ HTTP/1.1", lines[0]);
        Assert.Contains("Host: hub.example:8000", lines);
        Assert.Contains("Authorization: token abc", lines);
        Assert.Contains("Accept-Encoding: gzip, br", lines);
        Assert.Contains("Origin: http://hub.example:8000", lines);
        Assert.Contains("X-Text: caf\u00c3\u00a9", lines);
        Assert.Contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", lines);
        Assert.Equal("a=1; b=2", string.Join("; ", lines.Where(line => line.StartsWith("Cookie:", StringComparison.Ordinal)).Select(line => line[8..])));
        Assert.Equal("1, 2", string.Join(", ", lines.Where(line => line.StartsWith("X-Twice:", StringComparison.Ordinal)).Select(line => line[9..])));
        Assert.DoesNotContain(lines, line => Names(line) is "x-secret" or "connection" or "keep-alive" or "proxy-authorization" or "te" or "transfer-encoding");
    }

    [Fact]
    public async Task The_answer_arrives_with_status_reason_and_headers_the_hop_by_hop_ones_do_not()
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 299 Quite Fine\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nContent-Encoding: gzip\r\nLocation: http://127.0.0.1:1/x%2Fy\r\n" +
            "Connection: close, X-Secret\r\nX-Secret: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 5\r\nServer: upstream/1\r\nX-Text: caf\u00e9\r\nContent-Location: /caf\u00e9\r\n\r\nhello");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        var answer = await connection.ReadUntilAsync("hello");
        var lines = answer.Split("\r\n");
        Assert.Equal("HTTP/1.1 299 Quite Fine", lines[0]);
        Assert.Contains("Set-Cookie: a=1; Path=/", lines);
        Assert.Contains("Set-Cookie: b=2", lines);
        Assert.Contains("Content-Encoding: gzip", lines);
        Assert.Contains("Location: http://127.0.0.1:1/x%2Fy", lines);
        Assert.Contains("Content-Length: 5", lines);
        Assert.Contains("Server: upstream/1", lines);
        Assert.Contains("X-Text: caf?", lines);
        Assert.Contains("Content-Location: /caf%E9", lines);
        Assert.DoesNotContain(lines, line => Names(line) is "x-secret" or "connection" or "keep-alive");
        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_outside_ascii_passes_unchanged_where_the_host_allows_it()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Text: caf\u00c3\u00a9\r\n\r\n");
        await using var proxy = await StartProxyAsync(setup => setup.Kestrel = kestrel => kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.Contains("X-Text: caf\u00c3\u00a9\r\n", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_servers_own_status_is_passed_on_and_followed_by_nothing(int status)
    {
        await using var ada = await UpstreamServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        await using var proxy = await StartProxyAsync(setup => setup.Pipeline = app => app.UseStatusCodePages());
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var answer = await proxy.Client.GetAsync("/user/ada/");
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_chunked_request_and_its_answer_pass()
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Request.Body.CopyToAsync(context.Response.Body));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n7;ext=1\r\n world!\r\n0\r\n\r\n");
        Assert.Equal("hello world!", Unchunk(await connection.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_client_of_http_1_0_is_served_and_the_server_gets_a_host()
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync($"host {context.Request.Host}"));
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.0\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        Assert.EndsWith($"host {ada.Url.Authority}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("chunked", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Trailers_pass_to_an_http_2_client()
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n");
        await using var proxy = await StartProxyAsync(setup => setup.Protocols = HttpProtocols.Http2);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/user/ada/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await proxy.Client.SendAsync(request);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        Assert.Equal("42", Assert.Single(answer.TrailingHeaders.GetValues("X-Sum")));
    }

    [Fact]
    public async Task No_query_reaches_a_log()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.RouteAsync("/user/eve/", new Uri("http://127.0.0.1:1"));
        await proxy.Client.GetAsync("/user/ada/?token=hush");
        await proxy.Client.GetAsync("/user/eve/?token=hush");
        Assert.NotEmpty(proxy.LogLines);
        Assert.DoesNotContain(proxy.LogLines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    private static string Names(string line) => line.Split(':')[0].ToLowerInvariant();

    private static string Unchunk(string answer)
    {
        var rest = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var body = new StringBuilder();
        while (true)
        {
            var end = rest.IndexOf("\r\n", StringComparison.Ordinal);
            var length = Convert.ToInt32(rest[..end], 16);
            if (length == 0)
            {
                return body.ToString();
            }

            body.Append(rest.AsSpan(end + 2, length));
            rest = rest[(end + 2 + length + 2)..];
        }
    }
}
