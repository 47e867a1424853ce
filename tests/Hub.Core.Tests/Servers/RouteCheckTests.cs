using System.Net;
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
    public async Task A_route_that_the_proxy_refuses_keeps_no_other_from_being_put_right()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        Assert.Null(await hub.RunAsync());
        Assert.Null(await hub.RunAsync(server: "lab"));
        hub.Proxy.Routes.Clear();
        Add(hub, "/user/gone/", """{"user":"gone","server_name":""}""");
        hub.Proxy.OnAdd = route => route.Routespec == "/user/ada/" ? throw new ProxyException("full", status: HttpStatusCode.InsufficientStorage) : Task.CompletedTask;

        await check.RunAsync(CancellationToken.None);

        Assert.Equal(["/user/ada/lab/"], hub.Proxy.Routes.Keys);
    }

    [Fact]
    public async Task A_proxy_that_is_away_ends_the_round()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        Assert.Null(await hub.RunAsync());
        hub.Proxy.Routes.Clear();
        Add(hub, "/user/gone/", """{"user":"gone","server_name":""}""");
        hub.Proxy.OnAdd = _ => throw new ProxyException("away");

        await Assert.ThrowsAsync<ProxyException>(() => check.RunAsync(CancellationToken.None));

        Assert.Equal(["/user/gone/"], hub.Proxy.Routes.Keys);
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
        Task stop = Task.CompletedTask;
        hub.Proxy.OnAdd = _ =>
        {
            stop = hub.StopAsync();
            return Hub.UntilAsync(() => !hub.Status().IsReady);
        };

        await check.RunAsync(CancellationToken.None);
        await stop;

        await hub.AssertNothingLeftAsync();
    }

    /// <summary>Otherwise a proxy that is slow could be told of an address where the server was before, after it was told of the new one.</summary>
    [Fact]
    public async Task Changes_of_one_server_s_route_come_one_after_the_other()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        var (now, most) = (0, 0);
        hub.Proxy.OnAdd = _ => ChangeAsync();
        hub.Proxy.OnRemove = _ => ChangeAsync();

        var restarts = Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                Assert.Null(await hub.RunAsync());
                hub.Proxy.Routes.Clear();
                await Hub.UntilAsync(() => Volatile.Read(ref now) > 0);
                Assert.Null(await hub.StopAsync());
            }
        });
        while (!restarts.IsCompleted)
        {
            await Task.WhenAll(
                Task.Run(() => check.RunAsync(CancellationToken.None)), Task.Run(() => check.RepairAsync(new ServerKey("ada", ""), CancellationToken.None)));
        }

        await restarts;
        Assert.Equal(1, most);
        await hub.AssertNothingLeftAsync();

        async Task ChangeAsync()
        {
            most = Math.Max(most, Interlocked.Increment(ref now));

            // One that puts the route back lasts until the server is being stopped, and some more.
            for (var turn = 0; turn < 1000 || hub.Status().IsReady; turn++)
            {
                await Task.Yield();
            }

            Interlocked.Decrement(ref now);
        }
    }

    [Fact]
    public async Task A_place_that_is_told_of_twice_is_no_reason_to_fail()
    {
        await using var hub = await Hub.CreateAsync();
        using var check = new RouteCheck(hub.Supervisor, hub.Rows, hub.Tools);
        Assert.Null(await hub.RunAsync());
        hub.Proxy.Routes.Clear();
        hub.Proxy.More.AddRange([Route("/", """{"hub":true}"""), Route("/", "{}")]);

        await check.RunAsync(CancellationToken.None);

        Assert.Equal("/user/ada/", Assert.Single(hub.Proxy.Routes).Key);
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

    private static void Add(Hub hub, string routespec, string data) => hub.Proxy.Routes[routespec] = Route(routespec, data);

    private static ProxyRoute Route(string routespec, string data) => new(routespec, Elsewhere, (JsonObject)JsonNode.Parse(data)!);
}
