using System.Text.Json.Nodes;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>A hub behind a proxy that somebody else runs.</summary>
public sealed class ExternalProxyTests
{
    private const string Token = "token-of-the-operator";

    public static TheoryData<string> Programs => ProxyPrograms.All;

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_proxy_that_was_restarted_has_its_routes_back(string program)
    {
        await using var proxy = await RunningProxy.StartAsync(program, Token);
        await using var host = await StartAsync(proxy);
        Assert.Equal(["/"], await proxy.Api.PathsAsync());
        await proxy.RestartAsync();
        await Eventually.TrueAsync("the way to the hub", async () => (await proxy.Api.PathsAsync()).SequenceEqual(["/"]));

        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        await proxy.RestartAsync();
        await Eventually.TrueAsync("all routes", async () => (await proxy.Api.PathsAsync()).SequenceEqual(["/", "/user/ada"]));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task The_hub_turns_to_another_proxy_only_when_that_answers(string program)
    {
        await using var proxy = await RunningProxy.StartAsync(program, Token);
        await using var other = await RunningProxy.StartAsync(program, "token-of-the-other");
        await using var host = await StartAsync(proxy);
        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        var token = await host.Data.ServiceTokenAsync("router", "proxy");

        foreach (var body in new[]
        {
            new JsonObject { ["api_url"] = other.ApiUrl.ToString() },
            new JsonObject { ["auth_token"] = other.Token },
            new JsonObject { ["api_url"] = "http://127.0.0.1:1", ["auth_token"] = other.Token },
            new JsonObject { ["api_url"] = "ftp://127.0.0.1" },
            new JsonObject { ["api_url"] = "http://user:word@127.0.0.1" },
            new JsonObject { ["auth_token"] = "two words" },
        })
        {
            using var refused = await host.SendAsync("PATCH", "/hub/api/proxy", token, Answers.Json(body.ToJsonString()));
            var message = await refused.ApiErrorAsync(400);
            Assert.DoesNotContain(Token, message, StringComparison.Ordinal);
            Assert.DoesNotContain(other.Token, message, StringComparison.Ordinal);
        }

        Assert.Empty(await other.Api.PathsAsync());
        var both = new JsonObject { ["api_url"] = other.ApiUrl.ToString(), ["auth_token"] = other.Token };
        using var changed = await host.SendAsync("PATCH", "/hub/api/proxy", token, Answers.Json(both.ToJsonString()));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(["/", "/user/ada"], await other.Api.PathsAsync());
    }

    /// <summary>Unknown is not dead: what cannot be read deletes nothing.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_database_that_cannot_be_read_costs_no_route(string program)
    {
        await using var proxy = await RunningProxy.StartAsync(program, Token);
        await using var host = await StartAsync(proxy);
        foreach (var user in new[] { "one", "two", "three" })
        {
            await host.Data.UserAsync(user);
            await proxy.Api.AddAsync($"/user/{user}", new JsonObject { ["target"] = "http://127.0.0.1:9", ["jupyterhub"] = true, ["user"] = user, ["server_name"] = "" });
        }

        var before = await proxy.Api.PathsAsync();
        await host.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync("ALTER TABLE spawners RENAME TO spawners_away", token), CancellationToken.None);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Get<RouteCheck>().RunAsync(CancellationToken.None));
        Assert.Equal(before, await proxy.Api.PathsAsync());

        await host.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync("ALTER TABLE spawners_away RENAME TO spawners", token), CancellationToken.None);
        await host.Get<RouteCheck>().RunAsync(CancellationToken.None);
        Assert.Equal(["/"], await proxy.Api.PathsAsync());
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Several_hubs_keep_each_other_s_routes(string program)
    {
        await using var proxy = await RunningProxy.StartAsync(program, Token);
        await using var first = await StartAsync(proxy);
        await using var second = await StartAsync(proxy, setup => setup.Settings["DataDirectory"] = Path.Combine(first.Folder, "data"));
        await first.Data.UserAsync("ada");
        await first.Data.UserAsync("bob");
        await first.StartServerAsync("ada");
        await second.StartServerAsync("bob");
        var before = await proxy.Api.ListAsync();
        Assert.Equal(["/", "/user/ada", "/user/bob"], before.Select(route => route.Key).Order(StringComparer.Ordinal));
        Assert.Equal(first.Url.GetLeftPart(UriPartial.Authority), (string?)before["/"]!["target"]);

        foreach (var host in new[] { first, second, first })
        {
            await host.Get<RouteCheck>().RunAsync(CancellationToken.None);
            var after = await proxy.Api.ListAsync();
            Assert.Equal(before.Select(route => (route.Key, (string?)route.Value!["target"])), after.Select(route => (route.Key, (string?)route.Value!["target"])));
        }

        await first.App.StopAsync();
        await second.Get<RouteCheck>().RunAsync(CancellationToken.None);
        var last = await proxy.Api.ListAsync();
        Assert.Equal(["/", "/user/bob"], last.Select(route => route.Key).Order(StringComparer.Ordinal));
        Assert.Equal(second.Url.GetLeftPart(UriPartial.Authority), (string?)last["/"]!["target"]);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task The_proxy_outlives_the_hub_whatever_is_asked_for(string program)
    {
        await using var proxy = await RunningProxy.StartAsync(program, Token);
        await (await StartAsync(proxy)).DisposeAsync();
        Assert.Equal(["/"], await proxy.Api.PathsAsync());
    }

    [Fact]
    public async Task Pages_and_API_tell_that_the_proxy_is_away()
    {
        await using var proxy = await RunningProxy.StartAsync(ProxyPrograms.ConfigurableHttpProxy, Token);
        await using var host = await StartAsync(proxy);
        var root = await host.SignInAsync("root");
        var shown = await (await root.GetAsync("/hub/admin/routes")).TextAsync();
        Assert.Contains("id=\"routes\"", shown, StringComparison.Ordinal);

        await proxy.StopAsync();
        Assert.Contains("id=\"unreachable\"", await (await root.GetAsync("/hub/admin/routes")).TextAsync(), StringComparison.Ordinal);
        Assert.Contains("does not answer", await (await root.GetAsync("/hub/admin/hub")).TextAsync(), StringComparison.Ordinal);
        using var health = await host.SendAsync("GET", "/hub/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_proxy_that_takes_another_token_keeps_the_hub_from_starting()
    {
        await using var proxy = await RunningProxy.StartAsync(ProxyPrograms.ConfigurableHttpProxy, "another-token");
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => StartAsync(proxy, setup => setup.Settings["Proxy:AuthToken"] = Token));
        Assert.Contains("does not take the hub's token (JupyterHub:Proxy:AuthToken)", problem.Message, StringComparison.Ordinal);
    }

    private static Task<HubHost> StartAsync(RunningProxy proxy, Action<HubSetup>? configure = null) => HubHost.StartAsync(setup =>
    {
        setup.Settings["Proxy:Type"] = "chp";
        setup.Settings["Proxy:ShouldStart"] = "false";
        setup.Settings["Proxy:ApiUrl"] = proxy.ApiUrl.ToString();
        setup.Settings["Proxy:AuthToken"] = proxy.Token;
        setup.Settings["Proxy:CheckRunningInterval"] = "0.1";
        configure?.Invoke(setup);
    });
}
