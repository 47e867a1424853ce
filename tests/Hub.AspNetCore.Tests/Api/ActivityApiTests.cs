using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Reports of activity (contract 1.3, 1.7, 2.3).</summary>
public sealed class ActivityApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData("2031-02-03T04:05:06Z", "2031-02-03T04:05:06.0000000Z")]
    [InlineData("2031-02-03T04:05:06.123456Z", "2031-02-03T04:05:06.1234560Z")]
    [InlineData("2031-02-03T04:05:06", "2031-02-03T04:05:06.0000000Z")]
    [InlineData("2031-02-03 04:05:06+02:00", "2031-02-03T02:05:06.0000000Z")]
    public async Task Times_are_read_leniently_and_kept_in_utc(string sent, string kept)
    {
        // A clock of its own, so that these times are not in the future.
        await using var host = await HubHost.StartAsync(setup => setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(new FakeTime(new(2032, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        var admin = await host.Data.UserTokenAsync("root", "users:activity");
        await host.Data.SpawnerAsync("ada");
        using var answer = await host.SendAsync("POST", "/hub/api/users/ada/activity", admin, Answers.Json($$$$"""{"servers": {"": {"last_activity": "{{{{sent}}}}"}}, "last_activity": "{{{{sent}}}}", "more": 1}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await answer.TextAsync());
        await host.Get<PendingActivity>().WriteAsync();
        Assert.Equal(kept, (await host.Data.ListAsync<HubUser>()).Single(user => user.Name == "ada").LastActivity!.Value.ToString("O"));
        Assert.Equal(kept, Assert.Single(await host.Data.ListAsync<HubSpawner>()).LastActivity!.Value.ToString("O"));
    }

    [Fact]
    public async Task Times_only_move_forward()
    {
        var admin = await Host.Data.UserTokenAsync("root", "users:activity");
        await Host.Data.UserAsync("forward");
        foreach (var (sent, kept) in new[] { ("2021-05-01", "2021-05-01"), ("2020-05-01", "2021-05-01"), ("2022-05-01", "2022-05-01") })
        {
            using var answer = await Host.SendAsync("POST", "/hub/api/users/forward/activity", admin, Answers.Json($$"""{"last_activity": "{{sent}}T00:00:00Z"}"""));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Host.Get<PendingActivity>().WriteAsync();
            var user = (await Host.Data.ListAsync<HubUser>()).Single(row => row.Name == "forward");
            Assert.Equal(kept, user.LastActivity!.Value.ToString("yyyy-MM-dd"));
        }
    }

    [Fact]
    public async Task The_near_future_is_a_clock_that_is_fast_and_the_far_future_a_mistake()
    {
        var now = DateTimeOffset.UtcNow;
        await using var host = await HubHost.StartAsync(setup => setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(new FakeTime(now)));
        var admin = await host.Data.UserTokenAsync("root", "users:activity");
        await host.Data.UserAsync("future");
        using var near = await host.SendAsync("POST", "/hub/api/users/future/activity", admin, Answers.Json($$"""{"last_activity": "{{now.AddMinutes(59):O}}"}"""));
        Assert.Equal(HttpStatusCode.OK, near.StatusCode);
        using var far = await host.SendAsync("POST", "/hub/api/users/future/activity", admin, Answers.Json($$"""{"last_activity": "{{now.AddMinutes(61):O}}"}"""));
        Assert.Contains("more than an hour", await far.ApiErrorAsync(400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "body must be a json dict")]
    [InlineData("", "body must be a json dict")]
    [InlineData("null", "body must be a json dict")]
    [InlineData("{}", "at least one of")]
    [InlineData("""{"last_activity": "yesterday"}""", "Not a valid timestamp")]
    [InlineData("""{"last_activity": 5}""", "Not a valid timestamp")]
    [InlineData("""{"last_activity": null}""", "Not a valid timestamp")]
    [InlineData("""{"servers": []}""", "servers must be a json dict")]
    [InlineData("""{"servers": {"": 5}}""", "must name a last_activity")]
    [InlineData("""{"servers": {"": {}}}""", "must name a last_activity")]
    [InlineData("""{"servers": {"x": {"last_activity": "2020-01-01T00:00:00Z"}}}""", "No such server 'x' for user target")]
    public async Task Malformed_reports_change_nothing(string body, string complaint)
    {
        var admin = await Host.Data.UserTokenAsync("root", "users:activity");
        var before = (await Host.Data.UserAsync("target")).LastActivity;
        using var answer = await Host.SendAsync("POST", "/hub/api/users/target/activity", admin, Answers.Json(body));
        Assert.Contains(complaint, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        await Host.Get<PendingActivity>().WriteAsync();
        Assert.Equal(before, (await Host.Data.UserAsync("target")).LastActivity);
    }

    [Fact]
    public async Task Nobody_reports_for_others_and_not_for_nobody()
    {
        await Host.Data.UserAsync("victim");
        var own = await Host.Data.UserTokenAsync("reporter");
        var body = """{"last_activity": "2020-01-01T00:00:00Z"}""";
        using var other = await Host.SendAsync("POST", "/hub/api/users/victim/activity", own, Answers.Json(body));
        await other.ApiErrorAsync(404);
        var admin = await Host.Data.UserTokenAsync("root");
        using var nobody = await Host.SendAsync("POST", "/hub/api/users/nobody/activity", admin, Answers.Json(body));
        await nobody.ApiErrorAsync(404);
    }

    [Fact]
    public async Task Requests_count_as_activity_but_not_what_servers_do_or_meet_on_their_way()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.ActivityResolution = 0);
        var browser = await host.SignInAsync("ada");
        var token = await host.Data.UserTokenAsync("ada");
        async Task<DateTime?> SeenAsync()
        {
            await host.Get<PendingActivity>().WriteAsync();
            return (await host.Data.UserAsync("ada")).LastActivity;
        }

        var before = await SeenAsync();
        using var api = await host.SendAsync("GET", "/hub/api/user", token);
        var afterToken = await SeenAsync();
        Assert.NotEqual(before, afterToken);
        using var home = await browser.GetAsync("/hub/home");
        var afterCookie = await SeenAsync();
        Assert.NotEqual(afterToken, afterCookie);
        using var gate = await browser.GetAsync("/hub/user/ada/lab");
        using var gateByToken = await host.SendAsync("GET", "/hub/user/ada/lab", token);
        Assert.Equal(HttpStatusCode.FailedDependency, gateByToken.StatusCode);
        using var style = await browser.GetAsync("/hub/static/hub.css");
        Assert.Equal(afterCookie, await SeenAsync());

        var server = await host.Data.TokenAsync(new() { UserId = (await host.Data.UserAsync("ada")).Id, Scopes = ["inherit"], Note = "Server at /user/ada/" });
        using var byServer = await host.SendAsync("GET", "/hub/api/user", server);
        Assert.Equal(HttpStatusCode.OK, byServer.StatusCode);
        Assert.Equal(afterCookie, await SeenAsync());
    }
}
