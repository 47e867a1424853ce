using System.Diagnostics;
using System.Text.Json.Nodes;
using JupyterHub.Core.Processes;
using JupyterHub.Core.Servers;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>A hub that starts its proxy: routes, repair, restarts.</summary>
public sealed class ProxiedHubTests
{
    public static TheoryData<string> Programs => ProxyPrograms.All;

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Browsers_reach_hub_and_servers_through_the_proxy(string program)
    {
        await using var hub = await ProxiedHub.StartAsync(program);
        await hub.Host.Data.UserAsync("ada");
        using var login = await hub.GetAsync("/hub/login");
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        using var root = await hub.GetAsync("/");
        Assert.Equal("/hub/", root.Headers.Location?.ToString());

        await hub.Host.StartServerAsync("ada");
        Assert.Equal(["/", "/user/ada"], await hub.Api.PathsAsync());
        using var server = await hub.GetAsync("/user/ada/api");
        Assert.Equal(HttpStatusCode.OK, server.StatusCode);

        var stop = await hub.Host.Get<ServerSupervisor>().StopAsync("ada", "", CancellationToken.None);
        Assert.Null(await stop.Completion.WaitAsync(Eventually.Deadline));
        Assert.Equal(["/"], await hub.Api.PathsAsync());
        using var gone = await hub.GetAsync("/user/ada/api");
        Assert.Equal("/hub/user/ada/api", gone.Headers.Location?.ToString());
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_route_that_was_deleted_behind_the_hub_s_back_is_put_back_by_the_first_request(string program)
    {
        await using var hub = await ProxiedHub.StartAsync(program);
        var token = await hub.Host.Data.UserTokenAsync("ada");
        await hub.Host.StartServerAsync("ada");
        await hub.Api.RemoveAsync("/user/ada");

        using var first = await hub.GetAsync("/user/ada/tree?x=1", token);
        using var second = await hub.GetAsync(first.Headers.Location!.ToString(), token);
        Assert.Equal("/hub/user/ada/tree?x=1", first.Headers.Location.ToString());
        Assert.Equal("/user/ada/tree?x=1&redirects=1", second.Headers.Location?.ToString());
        Assert.Equal(["/", "/user/ada"], await hub.Api.PathsAsync());
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_proxy_that_was_killed_is_started_again_with_its_routes(string program)
    {
        await using var hub = await ProxiedHub.StartAsync(program);
        await hub.Host.Data.UserAsync("ada");
        await hub.Host.StartServerAsync("ada");
        var before = hub.ProxyPid;
        Assert.NotEqual(0, before);
        using (var process = Process.GetProcessById(before))
        {
            process.Kill();
        }

        await Eventually.TrueAsync("another proxy has both routes", async () => hub.ProxyPid is not 0 and var pid && pid != before && await HasRoutesAsync(hub, "/", "/user/ada"));
        using var server = await hub.GetAsync("/user/ada/api");
        Assert.Equal(HttpStatusCode.OK, server.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_check_adds_corrects_and_removes_and_leaves_alone_what_is_not_the_hub_s(string program)
    {
        await using var hub = await ProxiedHub.StartAsync(program, setup => setup.Settings["Proxy:ExtraRoutes:/docs/"] = "http://127.0.0.1:9/handbook");
        await hub.Host.Data.UserAsync("ada");
        await hub.Host.StartServerAsync("ada");
        var right = await hub.Api.ListAsync();
        await hub.Api.AddAsync("/user/ada", Tagged("""{"user":"ada","server_name":""}"""));
        await hub.Api.AddAsync("/user/gone", Tagged("""{"user":"gone","server_name":""}"""));
        await hub.Api.AddAsync("/services/gone", Tagged("""{"service":"gone"}"""));
        await hub.Api.AddAsync("/old-extra", Tagged("""{"extra":true}"""));
        await hub.Api.AddAsync("/", Tagged("""{"hub":true}"""));
        await hub.Api.AddAsync("/user/foreign", new JsonObject { ["target"] = "http://127.0.0.1:9", ["user"] = "foreign", ["server_name"] = "" });
        await hub.Api.RemoveAsync("/docs");

        await hub.Host.Get<RouteCheck>().RunAsync(CancellationToken.None);

        var after = await hub.Api.ListAsync();
        Assert.Equal(["/", "/docs", "/user/ada", "/user/foreign"], after.Select(route => route.Key).Order(StringComparer.Ordinal));
        Assert.Equal((string?)right["/user/ada"]!["target"], (string?)after["/user/ada"]!["target"]);
        Assert.Equal((string?)right["/"]!["target"], (string?)after["/"]!["target"]);
        Assert.Equal("http://127.0.0.1:9/handbook", (string?)after["/docs"]!["target"]);
    }

    /// <summary>What is asked for with the end goes before the configuration, which would stop the proxy.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_proxy_that_is_to_stay_outlives_the_hub(string program)
    {
        await using var hub = await ProxiedHub.StartAsync(program, setup => setup.Builder = builder => builder.ListenOnBindUrl());
        var token = await hub.Host.Data.ServiceTokenAsync("operator", "shutdown");
        var pid = hub.ProxyPid;
        using var answer = await hub.Host.SendAsync("POST", "/hub/api/shutdown", token, Answers.Json("""{"proxy":false}"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await hub.Host.App.WaitForShutdownAsync().WaitAsync(Eventually.Deadline);
        try
        {
            Assert.Equal(["/"], await hub.Api.PathsAsync());
        }
        finally
        {
            Signals.SendToGroup(pid, Signals.Kill);
        }
    }

    private static JsonObject Tagged(string data)
    {
        var body = JsonNode.Parse(data)!.AsObject();
        body["target"] = "http://127.0.0.1:9";
        body["jupyterhub"] = true;
        return body;
    }

    private static async Task<bool> HasRoutesAsync(ProxiedHub hub, params string[] paths)
    {
        try
        {
            return (await hub.Api.PathsAsync()).SequenceEqual(paths);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
