using JupyterHub.Testing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>The target reaches the server byte for byte, and the right server.</summary>
public class PathTests : ForwardingTest
{
    [Theory]
    [InlineData("/user/ada")]
    [InlineData("/user/ada/")]
    [InlineData("/user/ada//x")]
    [InlineData("/user/ada/a%2Fb")]
    [InlineData("/user/ada/a%2fb%2E%7e")]
    [InlineData("/user/ada/a%252Fb")]
    [InlineData("/user/ada/a%20b/%C3%A9.ipynb")]
    [InlineData("/user/ada/~x/@y/a+b:c;d=e,f!$&'()*")]
    [InlineData("/user/ada/{a}|^`\"<>[]")]
    [InlineData("/user/ada/a%5Cb%0A")]
    [InlineData("/user/%61da/x")]
    [InlineData("/user/ada?")]
    [InlineData("/user/ada/?a=b&a=%2F&c=../..//%7e+%zz?d|\\{}")]
    [InlineData("/user/ada/api/kernels/1/channels?session_id=x&token=y")]
    public async Task The_target_arrives_as_it_was_sent(string target)
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Contains($"ada GET {target}", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_absolute_form_arrives_as_the_origin_form()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET http://hub:80/user/ada/a%2Fb?q=%2F HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Contains("ada GET /user/ada/a%2Fb?q=%2F", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/user/ada%2Flab/")]
    [InlineData("/user/ada%252Flab/")]
    [InlineData("/user/Ada/")]
    [InlineData("//user/ada/")]
    [InlineData("/user//ada/")]
    [InlineData("/user/adam/")]
    [InlineData("/")]
    [InlineData("/hub/home")]
    public async Task What_has_no_route_stays_with_the_hub(string target)
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.RouteAsync("/user/ada/lab/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.EndsWith("hub\r\n0\r\n\r\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/user/ada/../eve/")]
    [InlineData("/user/ada/%2e%2e/eve/")]
    [InlineData("/user/ada/%2E./eve/")]
    [InlineData("/user/./ada/")]
    [InlineData("/user/ada/%ff")]
    [InlineData("/user/ada/%")]
    [InlineData("/user/ada/%00")]
    [InlineData("/user/ada\\..\\eve/")]
    [InlineData("/user/ada/#/x")]
    [InlineData("/user/ada/\u00e9")]
    [InlineData("/user/ada/\u0001")]
    [InlineData("/user/ada/\u007f")]
    public async Task What_two_readers_could_understand_differently_reaches_nobody(string target)
    {
        var reached = 0;
        await using var server = await UpstreamServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref reached);
            return Task.CompletedTask;
        });
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", server.Url);
        await proxy.RouteAsync("/user/eve/", server.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, reached);
    }

    [Fact]
    public async Task Each_user_reaches_the_own_server_only_also_when_routes_change_places()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var eve = await UpstreamServer.StartNamedAsync("eve");
        await using var proxy = await StartProxyAsync();
        for (var round = 0; round < 20; round++)
        {
            await proxy.RouteAsync("/user/ada/", round % 2 == 0 ? ada.Url : eve.Url);
            await proxy.RouteAsync("/user/eve/", round % 2 == 0 ? eve.Url : ada.Url);
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
                number => proxy.Client.GetStringAsync(number % 2 == 0 ? "/user/ada/" : "/user/eve/")));
            for (var number = 0; number < answers.Length; number++)
            {
                Assert.StartsWith((number + round) % 2 == 0 ? "ada " : "eve ", answers[number], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_removed_route_ends_at_once_also_on_a_connection_that_used_it()
    {
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await StartProxyAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.Contains("ada GET", await connection.ReadUntilAsync("0\r\n\r\n"), StringComparison.Ordinal);
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Contains("\r\nhub\r\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_kept_by_a_stopped_server_never_serves_the_next_user_of_its_port()
    {
        await using var proxy = await StartProxyAsync();
        using var listener = Listen(0);
        var url = new Uri($"http://{listener.LocalEndPoint}");
        await proxy.RouteAsync("/user/ada/", url);
        var adasAnswer = proxy.Client.GetStringAsync("/user/ada/");
        using var kept = await listener.AcceptAsync();
        await AnswerAsync(kept, "ada");
        Assert.Equal("ada", await adasAnswer);

        // Ada's server is gone, but something of hers still holds the connection and would answer on it.
        listener.Dispose();
        await proxy.Proxy.RemoveRouteAsync("/user/ada/", CancellationToken.None);
        using var next = Listen(url.Port);
        await proxy.RouteAsync("/user/eve/", url);
        var evesAnswer = proxy.Client.GetStringAsync("/user/eve/");
        var answering = AnswerAsync(kept, "ada");
        using var evesConnection = await Eventually.Within(next.AcceptAsync());
        await AnswerAsync(evesConnection, "eve");
        Assert.Equal("eve", await evesAnswer);
        kept.Close();
        await answering.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
        return socket;
    }

    private static async Task AnswerAsync(Socket socket, string text)
    {
        await using var stream = new NetworkStream(socket);
        var buffer = new byte[64 * 1024];
        if (await stream.ReadAsync(buffer) > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
        }
    }
}
