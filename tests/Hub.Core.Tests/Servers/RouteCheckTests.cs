using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;

namespace JupyterHub.Core.Tests.Servers;

public sealed class RouteCheckTests
{
    private static readonly Uri Elsewhere = new("http://127.0.0.1:9");

    [Fact]
    public async Task Missing_and_wrong_routes_of_running_servers_are_put_right()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        Assert.Null(await hub.RunAsync());
        Assert.Null(await hub.RunAsync(server: "lab"));
        hub.Proxy.Routes.TryRemove("/user/ada/", out _);
        hub.Proxy.Routes["/user/ada/lab/"] = hub.Proxy.Routes["/user/ada/lab/"] with { Target = Elsewhere };

        await check.RunAsync(CancellationToken.None);

        Assert.Equal(2, hub.Proxy.Routes.Count);
        Assert.All(hub.Proxy.Routes.Values, route => Assert.Equal(hub.Server.Address, route.Target));
    }

    [Fact]
    public async Task Routes_of_servers_that_do_not_run_go_and_all_others_stay()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        Add(hub, "/user/ada/", """{"user":"ada","server_name":""}""");
        Add(hub, "/user/gone/", """{"user":"gone","server_name":""}""");
        Add(hub, "/", """{"hub":true}""");
        Add(hub, "/services/x/", """{"service":"x"}""");
        Add(hub, "/user/odd/", """{"user":7,"server_name":""}""");
        // Not the place where a server of this name would be: not the hub's.
        Add(hub, "/elsewhere/", """{"user":"ada","server_name":""}""");

        await check.RunAsync(CancellationToken.None);

        Assert.Equal(["/", "/elsewhere/", "/services/x/", "/user/odd/"], hub.Proxy.Routes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Routes_of_servers_under_way_and_of_other_hubs_are_left_alone()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 503;
        await hub.StartAsync();
        await Hub.UntilAsync(() => !hub.Server.Targets.IsEmpty);
        Add(hub, "/user/ada/", """{"user":"ada","server_name":""}""");
        await using var other = hub.Next();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        using var otherCheck = new RouteCheck(other.Supervisor, other.Rows, other.Tools);

        await check.RunAsync(CancellationToken.None);
        await otherCheck.RunAsync(CancellationToken.None);

        Assert.Equal(Elsewhere, Assert.Single(hub.Proxy.Routes).Value.Target);
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_server_that_stops_while_its_route_is_put_right_keeps_none()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        Assert.Null(await hub.RunAsync());
        hub.Proxy.Routes.Clear();
        hub.Proxy.OnAdd = async _ => await hub.StopAsync();

        await check.RunAsync(CancellationToken.None);

        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task The_proxy_s_activity_moves_servers_and_owners_forward_and_never_back()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        var merge = new ActivityMerge(hub.Database.Hub, hub.Supervisor, hub.Time);
        var before = (await hub.RowAsync()).LastActivity!.Value;
        await merge.RunAsync([Seen(hub, before.AddHours(-1))], CancellationToken.None);
        Assert.Equal(before, (await hub.RowAsync()).LastActivity);

        // A clock that is ahead does not count beyond now.
        await merge.RunAsync([Seen(hub, before.AddHours(5))], CancellationToken.None);

        var after = (await hub.RowAsync()).LastActivity!.Value;
        Assert.True(after > before);
        Assert.True(after <= hub.Time.GetUtcNow().UtcDateTime);
        Assert.Equal(after, (await hub.Database.ListAsync<HubUser>()).Single().LastActivity);
    }

    [Fact]
    public async Task A_round_of_upkeep_survives_a_proxy_that_is_away()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        using var upkeep = new ServerUpkeep(check, new ActivityMerge(hub.Database.Hub, hub.Supervisor, hub.Time), hub.Supervisor, hub.Options, hub.Tools);
        Assert.Null(await hub.RunAsync());
        hub.Proxy.Routes.Clear();
        hub.Proxy.OnAdd = _ => throw new HttpRequestException("away");
        await upkeep.RunOnceAsync(CancellationToken.None);
        Assert.Empty(hub.Proxy.Routes);

        hub.Proxy.OnAdd = null;
        await upkeep.RunOnceAsync(CancellationToken.None);
        Assert.Single(hub.Proxy.Routes);
    }

    private static ProxyRoute Seen(Hub hub, DateTime at) => hub.Proxy.Routes["/user/ada/"] with { LastActivity = new DateTimeOffset(at, TimeSpan.Zero) };

    private static void Add(Hub hub, string routespec, string data) =>
        hub.Proxy.Routes[routespec] = new ProxyRoute(routespec, Elsewhere, (JsonObject)JsonNode.Parse(data)!);
}
