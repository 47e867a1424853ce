using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Proxy.Tests.Routing;

public class InProcessProxyTests
{
    private static readonly Uri Target = new("http://127.0.0.1:1234");

    private readonly FakeTime time = new();
    private readonly HubAddresses addresses = new("/lab/");
    private readonly InProcessProxy proxy;

    public InProcessProxyTests() => proxy = new InProcessProxy(addresses, new RouteDraining(new ForwardingOptions(), time), time, NullLogger<InProcessProxy>.Instance);

    [Fact]
    public async Task A_route_is_told_with_its_data_and_when_it_was_added()
    {
        var added = time.GetUtcNow();
        var data = new JsonObject { ["user"] = "ada", ["server_name"] = "" };
        await AddAsync("/lab/user/ada", data);
        data["user"] = "changed later";

        var route = Assert.Single(await proxy.GetRoutesAsync(CancellationToken.None));
        Assert.Equal("/lab/user/ada/", route.Routespec);
        Assert.Equal(Target, route.Target);
        Assert.Equal("""{"user":"ada","server_name":""}""", route.Data.ToJsonString());
        Assert.Equal(added, route.LastActivity);

        route.Data["user"] = "changed by a reader";
        Assert.Equal("ada", (string?)Assert.Single(await proxy.GetRoutesAsync(CancellationToken.None)).Data["user"]);
    }

    [Fact]
    public async Task Saying_the_same_again_is_no_activity_but_a_new_target_is()
    {
        var first = time.GetUtcNow();
        await AddAsync("/lab/user/ada/");
        time.Advance(TimeSpan.FromMinutes(5));
        await AddAsync("/lab/user/%61da/");
        Assert.Equal(first, Assert.Single(await proxy.GetRoutesAsync(CancellationToken.None)).LastActivity);

        await AddAsync("/lab/user/ada/", target: new Uri("http://127.0.0.1:4321"));
        Assert.Equal(time.GetUtcNow(), Assert.Single(await proxy.GetRoutesAsync(CancellationToken.None)).LastActivity);
    }

    [Fact]
    public async Task Removing_tells_whether_there_was_a_route()
    {
        await AddAsync("/lab/user/ada/");
        Assert.True(await proxy.RemoveRouteAsync("/lab/user/ada", CancellationToken.None));
        Assert.False(await proxy.RemoveRouteAsync("/lab/user/ada/", CancellationToken.None));
        Assert.Empty(await proxy.GetRoutesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_hub_is_reported_but_never_forwarded_to()
    {
        addresses.Bind(new Uri("http://127.0.0.1:8000"));
        await AddAsync("/lab/", new JsonObject { ["hub"] = true }, new Uri("http://127.0.0.1:8000"));

        var hub = Assert.Single(await proxy.GetRoutesAsync(CancellationToken.None));
        Assert.Equal("/lab/", hub.Routespec);
        Assert.Equal(new Uri("http://127.0.0.1:8000"), hub.Target);
        Assert.Equal("""{"hub":true}""", hub.Data.ToJsonString());
        Assert.Null(Match("/lab/other"));
    }

    [Fact]
    public async Task A_route_where_the_hub_is_takes_requests_and_does_not_hide_the_way_to_the_hub()
    {
        addresses.Bind(new Uri("http://127.0.0.1:8000"));
        await AddAsync("/lab/");
        await AddAsync("/lab/user/ada/");

        var routes = await proxy.GetRoutesAsync(CancellationToken.None);
        Assert.Equal(["/lab/", "/lab/user/ada/"], routes.Select(route => route.Routespec));
        Assert.Equal("""{"hub":true}""", routes[0].Data.ToJsonString());
        Assert.Equal("/lab/", Match("/lab/other")?.Routespec.Text);
    }

    [Theory]
    [InlineData("/lab/hub")]
    [InlineData("/lab/hub/")]
    [InlineData("/lab/hub/api/users")]
    [InlineData("/lab/%68ub/home")]
    public async Task Nothing_is_routed_away_from_the_hubs_own_path(string raw)
    {
        await AddAsync("/");
        await AddAsync("/lab/hub/api/");
        Assert.Null(Match(raw));
        Assert.Equal("/", Match("/lab/hubs/")?.Routespec.Text);
        Assert.Equal("/", Match("/lab")?.Routespec.Text);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://127.0.0.1:1/path")]
    [InlineData("http://127.0.0.1:1/?q")]
    [InlineData("http://user@127.0.0.1:1/")]
    [InlineData("http://127.0.0.1:1/#x")]
    [InlineData("/relative")]
    public async Task A_target_has_to_be_an_origin(string target) =>
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync("/user/ada/", target: new Uri(target, UriKind.RelativeOrAbsolute)));

    [Fact]
    public async Task A_cancelled_change_is_not_made()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAsync<OperationCanceledException>(() => proxy.AddRouteAsync(new ProxyRoute("/user/ada/", Target, []), cancelled));
        Assert.Empty(await proxy.GetRoutesAsync(CancellationToken.None));
    }

    private Task AddAsync(string routespec, JsonObject? data = null, Uri? target = null) =>
        proxy.AddRouteAsync(new ProxyRoute(routespec, target ?? Target, data ?? []), CancellationToken.None);

    private RouteEntry? Match(string raw)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out _));
        return proxy.Match(target, "");
    }
}
