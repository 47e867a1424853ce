using System.Net;
using System.Net.WebSockets;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace JupyterHub.Proxy.Tests.Transport;

public class LimitTests
{
    [Fact]
    public async Task A_route_takes_as_many_requests_at_once_as_it_may_and_no_other_route_suffers()
    {
        using var open = new SemaphoreSlim(0);
        using var arrived = new SemaphoreSlim(0);
        await using var ada = await UpstreamServer.StartAsync(async context =>
        {
            arrived.Release();
            await open.WaitAsync();
            await context.Response.WriteAsync("ada");
        });
        await using var eve = await UpstreamServer.StartNamedAsync("eve");
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.MaxRequestsPerRoute = 2);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.RouteAsync("/user/eve/", eve.Url);
        Task<string>[] within = [proxy.Client.GetStringAsync("/user/ada/1"), proxy.Client.GetStringAsync("/user/ada/2")];
        await Eventually.Within(arrived.WaitAsync());
        await Eventually.Within(arrived.WaitAsync());
        using (var refused = await proxy.Client.GetAsync("/user/ada/3"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        Assert.Contains(proxy.LogLines, line => line.StartsWith("5013 ", StringComparison.Ordinal));
        Assert.StartsWith("eve", await proxy.Client.GetStringAsync("/user/eve/"), StringComparison.Ordinal);
        open.Release(10);
        Assert.Equal(["ada", "ada"], await Eventually.Within(Task.WhenAll(within)));
        await Eventually.TrueAsync(() => proxy.Results.Count(result => result == ForwardResult.Forwarded) == 3);
        Assert.Equal("ada", await proxy.Client.GetStringAsync("/user/ada/4"));
    }

    [Fact]
    public async Task There_are_no_more_websockets_than_there_may_be()
    {
        await using var ada = await UpstreamServer.StartAsync(context =>
            context.WebSockets.IsWebSocketRequest ? WebSocketTests.EchoAsync(context) : context.Response.WriteAsync("plain"));
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.MaxWebSockets = 1);
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.RouteAsync("/user/eve/", ada.Url);
        using (var only = await WebSocketTests.ConnectAsync(proxy, "/user/ada/"))
        {
            var refusal = await Assert.ThrowsAsync<WebSocketException>(() => WebSocketTests.ConnectAsync(proxy, "/user/eve/"));
            Assert.Contains("503", refusal.Message, StringComparison.Ordinal);
            Assert.Equal("plain", await proxy.Client.GetStringAsync("/user/eve/"));
            await only.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }

        await Eventually.TrueAsync(() => proxy.Results.Count(result => result == ForwardResult.Forwarded) == 2);
        using var next = await WebSocketTests.ConnectAsync(proxy, "/user/eve/");
    }

    [Fact]
    public async Task A_client_that_pauses_a_download_is_not_cut_by_the_hosts_least_rate()
    {
        MinDataRate? rate = new(1, TimeSpan.FromMinutes(1));
        await using var ada = await UpstreamServer.StartNamedAsync("ada");
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Pipeline = app => app.Use(async (context, next) =>
        {
            await next(context);
            rate = context.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate;
        }));
        await proxy.RouteAsync("/user/ada/", ada.Url);
        await proxy.Client.GetStringAsync("/user/ada/");
        await Eventually.TrueAsync(() => rate is null);
    }

    [Theory]
    [InlineData(nameof(InProcessProxyOptions.DrainTimeout), -2)]
    [InlineData(nameof(InProcessProxyOptions.WebSocketDrainTimeout), -2)]
    [InlineData(nameof(InProcessProxyOptions.DrainTimeout), double.MaxValue)]
    [InlineData(nameof(InProcessProxyOptions.ConnectTimeout), 0)]
    [InlineData(nameof(InProcessProxyOptions.ActivityTimeout), 0)]
    [InlineData(nameof(InProcessProxyOptions.MaxRequestsPerRoute), 0)]
    [InlineData(nameof(InProcessProxyOptions.MaxRequestsPerRoute), -1)]
    [InlineData(nameof(InProcessProxyOptions.MaxWebSockets), 0)]
    [InlineData(nameof(InProcessProxyOptions.MaxResponseHeadersKilobytes), 0)]
    public void A_setting_that_cannot_work_is_named(string name, double value)
    {
        var failure = Assert.Throws<HubStartupException>(() => ForwardingOptions.Of(With(name, value)));
        Assert.StartsWith($"InProcessProxyOptions.{name} ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(InProcessProxyOptions.DrainTimeout), 0)]
    [InlineData(nameof(InProcessProxyOptions.WebSocketDrainTimeout), 0)]
    [InlineData(nameof(InProcessProxyOptions.MaxRequestsPerRoute), 1)]
    [InlineData(nameof(InProcessProxyOptions.MaxWebSockets), int.MaxValue)]
    public void A_setting_at_its_border_works(string name, double value) => ForwardingOptions.Of(With(name, value));

    private static InProcessProxyOptions With(string name, double value)
    {
        var options = new InProcessProxyOptions();
        var property = typeof(InProcessProxyOptions).GetProperty(name)!;
        property.SetValue(
            options,
            property.PropertyType == typeof(TimeSpan)
                ? value == double.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromSeconds(value)
                : (int)value);
        return options;
    }
}
