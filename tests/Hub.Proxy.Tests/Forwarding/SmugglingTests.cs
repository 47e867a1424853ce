using System.Collections.Concurrent;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>One message for the proxy is one message for the server, or none.</summary>
public class SmugglingTests : ForwardingTest
{
    private const string Inner = "GET /user/ada/smuggled HTTP/1.1\r\nHost: hub\r\n\r\n";

    [Theory]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 5, 6\r\n\r\nhello!")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 0x5\r\n\r\nhello")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: gzip, chunked, x\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nX: y\r\n folded: z\r\n\r\n")]
    [InlineData("POST /user/ada/ HTTP/1.1\r\n Host: hub\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nX: a\rb\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nX: a\0b\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nX\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\rHost: hub\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nHost: other\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET http://other/user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n")]
    [InlineData("GET /user/ada/ HTTP/1.1 x\r\nHost: hub\r\n\r\n")]
    public async Task What_is_ambiguous_reaches_nobody(string message)
    {
        await using var scene = await Scene.OpenAsync(await StartProxyAsync());
        using var connection = await scene.Proxy.ConnectAsync();
        await connection.SendAsync(message);
        var answer = await connection.ReadToEndAsync();
        Assert.Matches("^HTTP/1.1 (400|501|505) ", answer);
        Assert.Empty(scene.Heads);
    }

    [Theory]
    [InlineData("5;a\nb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;\n\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello!\r\n0\r\n\r\n")]
    [InlineData("5 \r\nhello\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    public async Task A_chunk_that_is_ambiguous_never_becomes_two_requests(string body)
    {
        await using var scene = await Scene.OpenAsync(await StartProxyAsync());
        using var connection = await scene.Proxy.ConnectAsync();
        await connection.SendAsync("POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n" + body + Inner);
        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Heads, head => head.Contains("smuggled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_ways_of_framing_at_once_are_refused()
    {
        await using var scene = await Scene.OpenAsync(await StartProxyAsync());
        using var connection = await scene.Proxy.ConnectAsync();
        await connection.SendAsync($"POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Inner}");
        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(scene.Heads);
    }

    [Fact]
    public async Task A_get_with_a_body_is_one_request_for_the_server_too()
    {
        await using var scene = await Scene.OpenAsync(await StartProxyAsync());
        using var connection = await scene.Proxy.ConnectAsync();
        await connection.SendAsync($"GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: {Inner.Length}\r\n\r\n{Inner}");
        Assert.StartsWith("HTTP/1.1 204 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {Inner.Length}\r\n", Assert.Single(scene.Heads), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+5")]
    [InlineData("005")]
    [InlineData(" 5 ")]
    public async Task A_length_in_an_unusual_form_is_written_plainly(string length)
    {
        await using var scene = await Scene.OpenAsync(await StartProxyAsync());
        using var connection = await scene.Proxy.ConnectAsync();
        await connection.SendAsync($"POST /user/ada/ HTTP/1.1\r\nHost: hub\r\nContent-Length: {length}\r\n\r\nhello");
        Assert.StartsWith("HTTP/1.1 204 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 5\r\n", Assert.Single(scene.Heads), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30_000, true)]
    [InlineData(40_000, false)]
    public async Task Request_headers_are_bounded(int length, bool passes)
    {
        await using var scene = await Scene.OpenAsync(await StartProxyAsync());
        using var connection = await scene.Proxy.ConnectAsync();
        await connection.SendAsync($"GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nX: {new string('x', length)}\r\n\r\n");
        Assert.StartsWith(passes ? "HTTP/1.1 204 " : "HTTP/1.1 431 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(passes ? 1 : 0, scene.Heads.Count);
    }

    [Fact]
    public async Task Pipelined_requests_reach_each_its_own_server_in_order()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var eve = await UpstreamServer.StartNamedAsync("eve");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.RouteAsync("/user/eve/", eve.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(string.Concat(Enumerable.Range(0, 10).Select(
            number => $"GET /user/{(number % 2 == 0 ? "ada" : "eve")}/{number} HTTP/1.1\r\nHost: hub\r\n{(number == 9 ? "Connection: close\r\n" : "")}\r\n")));
        var answer = await connection.ReadToEndAsync();
        var place = -1;
        for (var number = 0; number < 10; number++)
        {
            var name = number % 2 == 0 ? "ada" : "eve";
            var next = answer.IndexOf($"{name} GET /user/{name}/{number}", StringComparison.Ordinal);
            Assert.True(next > place);
            place = next;
        }
    }

    private sealed class Scene : IAsyncDisposable
    {
        private readonly RawUpstream upstream;

        private Scene(ProxyHost proxy)
        {
            Proxy = proxy;
            upstream = RawUpstream.Start(async (head, stream) =>
            {
                Heads.Add(head);
                if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
                {
                    // It answers what is complete: an answer before could come before the mistake is seen.
                    await WaitForLastChunkAsync(stream);
                }

                await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
                await stream.CopyToAsync(Stream.Null);
            });
        }

        public ConcurrentBag<string> Heads { get; } = [];

        public ProxyHost Proxy { get; }

        public static async Task<Scene> OpenAsync(ProxyHost proxy)
        {
            var scene = new Scene(proxy);
            await scene.Proxy.RouteAsync("/", scene.upstream.Url);
            return scene;
        }

        private static async Task WaitForLastChunkAsync(Stream stream)
        {
            var body = new StringBuilder();
            var buffer = new byte[1];
            while (!body.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) > 0)
            {
                body.Append((char)buffer[0]);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Proxy.DisposeAsync();
            await upstream.DisposeAsync();
        }
    }
}
