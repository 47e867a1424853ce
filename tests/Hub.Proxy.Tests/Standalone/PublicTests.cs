using System.Net;
using System.Net.WebSockets;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Standalone;

public sealed class PublicTests
{
    [Fact]
    public async Task The_health_check_answers_whatever_the_routes()
    {
        await using var host = await StandaloneHost.StartAsync(settings => settings with { DefaultTarget = "http://127.0.0.1:1" });

        using var response = await host.Public.GetAsync(new Uri("/_chp_healthz", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, "application/json", """{"status":"OK"}"""),
            (response.StatusCode, response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Requests_go_where_the_longest_route_leads()
    {
        await using var hub = await UpstreamServer.StartNamedAsync("hub");
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var host = await StandaloneHost.StartAsync(settings => settings with { DefaultTarget = hub.Url.OriginalString });
        await host.RouteAsync("/user/ada", ada.Url);

        Assert.Equal("ada GET /user/ada/tree?x=1", await host.Public.GetStringAsync(new Uri("/user/ada/tree?x=1", UriKind.Relative)));
        Assert.Equal("hub GET /user/adam", await host.Public.GetStringAsync(new Uri("/user/adam", UriKind.Relative)));
        await host.DeleteAsync("/user/ada");
        Assert.Equal("hub GET /user/ada/tree", await host.Public.GetStringAsync(new Uri("/user/ada/tree", UriKind.Relative)));
    }

    [Fact]
    public async Task An_escaped_slash_is_a_slash_when_a_route_is_looked_for_and_arrives_as_it_was_sent()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var host = await StandaloneHost.StartAsync();
        await host.RouteAsync("/user/a%2Fb", ada.Url);

        Assert.Equal("ada GET /user/a%2Fb/x%2fy", await host.Public.GetStringAsync(new Uri("/user/a%2Fb/x%2fy", UriKind.Relative)));
        Assert.Equal("ada GET /user/a/b", await host.Public.GetStringAsync(new Uri("/user/a/b", UriKind.Relative)));
        using var raw = await RawConnection.OpenAsync(host.Public.BaseAddress!);
        await raw.SendAsync("GET /user/a%2Fb%2F..%2Fc HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", await raw.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/user/a/b/x/y?q=%2F", "/x/y?q=%2F")]
    [InlineData("/user/a%2Fb/x%2fy/z", "/x%2fy/z")]
    [InlineData("/user%2fa%2Fb%2Fx/y", "/x/y")]
    [InlineData("/user%2Fa/b?q", "/?q")]
    [InlineData("/user/a/b", "/")]
    public async Task Without_the_routes_prefix_exactly_that_is_left_out(string asked, string arrives)
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var host = await StandaloneHost.StartAsync(settings => settings with { Forwarding = settings.Forwarding with { IncludesPrefix = false } });
        await host.RouteAsync("/user/a/b", ada.Url);

        Assert.Equal($"ada GET {arrives}", await host.Public.GetStringAsync(new Uri(asked, UriKind.Relative)));
    }

    [Fact]
    public async Task With_host_routing_the_host_decides_first()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var hub = await UpstreamServer.StartNamedAsync("hub");
        await using var host = await StandaloneHost.StartAsync(settings => settings with { HostRouting = true });
        await host.RouteAsync("/ada.example.org/user/ada", ada.Url);
        await host.RouteAsync("/", hub.Url);

        Assert.Equal("ada GET /user/ada/x", await GetAsync(host, "/user/ada/x", "Ada.example.org:8000"));
        Assert.Equal("hub GET /user/ada/x", await GetAsync(host, "/user/ada/x", "bob.example.org"));
        Assert.Equal("hub GET /ada.example.org/user/ada/x", await GetAsync(host, "/ada.example.org/user/ada/x", "bob.example.org"));
    }

    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.7,127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task Only_trusted_proxies_may_say_who_the_client_is(string trusted, string forwardedFor)
    {
        await using var upstream = await UpstreamServer.StartAsync(context => context.Response.WriteAsync(context.Request.Headers["X-Forwarded-For"].ToString()));
        await using var host = await StandaloneHost.StartAsync(settings => settings with { TrustedDownstreamIps = trusted.Length == 0 ? [] : [trusted] });
        await host.RouteAsync("/", upstream.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await host.Public.SendAsync(request);

        Assert.Equal(forwardedFor, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Many_and_large_cookies_and_long_bodies_pass()
    {
        await using var upstream = await UpstreamServer.StartAsync(async context =>
        {
            var length = 0L;
            var buffer = new byte[64 * 1024];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
            {
                length += read;
            }

            await context.Response.WriteAsync($"{context.Request.Headers.Cookie.ToString().Length} {length}");
        });
        await using var host = await StandaloneHost.StartAsync();
        await host.RouteAsync("/", upstream.Url);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative)) { Content = new ByteArrayContent(new byte[40 * 1024 * 1024]) };
        request.Headers.TryAddWithoutValidation("Cookie", new string('c', 24 * 1024));

        using var response = await host.Public.SendAsync(request);

        Assert.Equal("24576 41943040", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task WebSockets_pass_and_do_not_keep_the_proxy_from_ending()
    {
        await using var upstream = await UpstreamServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            try
            {
                while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
                {
                    await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
                }
            }
            catch (WebSocketException)
            {
            }
        });
        using var client = new ClientWebSocket();
        var buffer = new byte[1024];
        await using (var host = await StandaloneHost.StartAsync())
        {
            await host.RouteAsync("/user/ada", upstream.Url);
            await client.ConnectAsync(new Uri($"ws://{host.Public.BaseAddress!.Authority}/user/ada/ws"), CancellationToken.None);
            await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

            Assert.Equal(5, (await client.ReceiveAsync(buffer, CancellationToken.None)).Count);
        }

        // The proxy has ended; so has the WebSocket, one way or the other.
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            var received = await client.ReceiveAsync(buffer, CancellationToken.None);
            Assert.Equal(WebSocketMessageType.Close, received.MessageType);
            throw new WebSocketException();
        });
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_socket_stays()
    {
        using var folder = new TestFolder();
        var path = folder.Combine("precious");
        await File.WriteAllTextAsync(path, "data");

        await Assert.ThrowsAnyAsync<IOException>(() => StandaloneHost.StartAsync(settings => settings with { Public = new ListenAddress("", 0, path) }));
        Assert.Equal("data", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Listens_at_Unix_sockets_also_where_a_killed_process_left_its_own()
    {
        using var folder = new TestFolder();
        var path = folder.Combine("proxy.sock");
        using (var left = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            left.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        }

        await using var proxy = await JupyterHub.Proxy.Standalone.StandaloneProxy.StartAsync(
            StandaloneHost.Settings with { Public = new ListenAddress("", 0, path) }, new CapturedLog(), TimeProvider.System, CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(path), token);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        });

        Assert.Equal("""{"status":"OK"}""", await client.GetStringAsync(new Uri("http://localhost/_chp_healthz")));
    }

    [Fact]
    public async Task A_log_line_never_holds_a_query()
    {
        await using var host = await StandaloneHost.StartAsync();
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));

        using var missing = await host.Public.GetAsync(new Uri("/nobody?token=s3cret", UriKind.Relative));
        using var dead = await host.Public.GetAsync(new Uri("/user/ada?token=s3cret", UriKind.Relative));
        using var listed = await host.Api.GetAsync(new Uri("/api/routes?token=s3cret", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, dead.StatusCode);
        Assert.NotEmpty(host.Log.Lines);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    private static async Task<string> GetAsync(StandaloneHost host, string path, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = name;
        using var response = await host.Public.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
