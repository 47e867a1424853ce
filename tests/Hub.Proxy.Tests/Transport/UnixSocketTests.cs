using System.Net;
using System.Net.WebSockets;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Transport;

public sealed class UnixSocketTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-proxy-unix-");

    private string SocketPath => Path.Combine(folder.FullName, "a d.sock");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Requests_reach_a_server_at_a_socket_with_the_clients_host()
    {
        await using var ada = await UpstreamServer.StartAsync(
            context => context.Response.WriteAsync($"{context.Request.Host.Value} {context.Request.Path}"), kestrel => kestrel.ListenUnixSocket(SocketPath));
        await using var proxy = await ProxyHost.StartAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        Assert.Equal($"{proxy.Url.Authority} /user/ada/x", await proxy.Client.GetStringAsync("/user/ada/x"));
        var route = Assert.Single(await proxy.Proxy.GetRoutesAsync(CancellationToken.None));
        Assert.Equal(UpstreamTarget.Of(ada.Url), UpstreamTarget.Of(route.Target));
    }

    [Fact]
    public async Task The_form_of_the_original_leads_there_too()
    {
        await using var ada = await UpstreamServer.StartAsync(context => context.Response.WriteAsync("there"), kestrel => kestrel.ListenUnixSocket(SocketPath));
        await using var proxy = await ProxyHost.StartAsync();
        var routespec = Routespec.Parse("/user/ada/");
        Assert.True(UpstreamTarget.TryParse($"unix+http://{Uri.EscapeDataString(SocketPath)}", out var target, out _));
        proxy.Proxy.Routes.Set(routespec, existing => new RouteEntry(routespec, target, [], TimeProvider.System, existing));
        Assert.Equal("there", await proxy.Client.GetStringAsync("/user/ada/"));
    }

    [Fact]
    public async Task A_websocket_reaches_it_too()
    {
        await using var ada = await UpstreamServer.StartAsync(WebSocketTests.EchoAsync, kestrel => kestrel.ListenUnixSocket(SocketPath));
        await using var proxy = await ProxyHost.StartAsync();
        await proxy.RouteAsync("/user/ada/", ada.Url);
        using var socket = await WebSocketTests.ConnectAsync(proxy, "/user/ada/");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var message = await Eventually.Within(socket.ReceiveAsync(new byte[100], CancellationToken.None));
        Assert.Equal(5, message.Count);
    }

    [Fact]
    public async Task Nobody_at_the_socket_is_503()
    {
        await using var proxy = await ProxyHost.StartAsync();
        await proxy.RouteAsync("/user/ada/", new Uri($"http+unix://{folder.FullName}/nobody.sock"));
        using var answer = await proxy.Client.GetAsync("/user/ada/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }
}
