using System.Globalization;
using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Start and stop (contract 2.5).</summary>
public sealed class ServersApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_server_is_started_seen_and_stopped()
    {
        var token = await Host.Data.UserTokenAsync("ada");
        using var started = await StartAsync("ada", token);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        Assert.Equal("text/plain", started.Content.Headers.ContentType?.MediaType);
        Assert.Equal("", await started.TextAsync());

        var model = await ModelAsync("ada", token);
        Assert.Equal("/user/ada/", (string)model["server"]!);
        Assert.Null(model["pending"]);
        var server = model["servers"]![""]!.AsObject();
        Assert.Equal(
            [
                "display_name", "full_name", "full_progress_url", "full_url", "last_activity", "name", "pending", "progress_url", "ready", "started", "stopped", "url",
                "user_options",
            ],
            server.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.True((bool)server["ready"]!);
        Assert.False((bool)server["stopped"]!);
        Assert.Equal("ada/", (string)server["full_name"]!);
        Assert.Equal("/hub/api/users/ada/server/progress", (string)server["progress_url"]!);

        using var again = await StartAsync("ada", token);
        Assert.Contains("is already running", await again.ApiErrorAsync(400), StringComparison.Ordinal);
        using var stopped = await Host.SendAsync("DELETE", "/hub/api/users/ada/server", token);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        using var stoppedAgain = await Host.SendAsync("DELETE", "/hub/api/users/ada/servers/", token);
        Assert.Equal(HttpStatusCode.NoContent, stoppedAgain.StatusCode);
        Assert.Empty((await ModelAsync("ada", token))["servers"]!.AsObject());
        var whole = await ModelAsync("ada", token, "?include_stopped_servers");
        Assert.True((bool)whole["servers"]![""]!["stopped"]!);
    }

    [Theory]
    [InlineData("""{"colour": "red"}""", """{"colour":"red"}""")]
    [InlineData("""{"user_options": {"colour": "blue"}, "other": 1}""", """{"colour":"blue"}""")]
    [InlineData("""{"user_options": {"a": 1}, "display_name": "x"}""", """{"a":1}""")]
    public async Task Options_come_in_two_forms_and_are_kept(string body, string kept)
    {
        var name = $"options-{Guid.NewGuid():N}";
        var token = await Host.Data.UserTokenAsync(name);
        using var started = await StartAsync(name, token, body);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        Assert.Equal(kept, (await ModelAsync(name, token))["servers"]![""]!["user_options"]!.ToJsonString());
        using var stopped = await Host.SendAsync("DELETE", $"/hub/api/users/{name}/server", token);

        // Without options the saved ones hold, an empty object clears them.
        foreach (var (next, expected) in new[] { ("", kept), ("{}", kept), ("null", kept), ("""{"user_options": null}""", kept), ("""{"user_options": {}}""", "{}") })
        {
            using var restarted = await StartAsync(name, token, next);
            Assert.Equal(HttpStatusCode.Created, restarted.StatusCode);
            Assert.Equal(expected, (await ModelAsync(name, token))["servers"]![""]!["user_options"]!.ToJsonString());
            using var stoppedAgain = await Host.SendAsync("DELETE", $"/hub/api/users/{name}/server", token);
        }
    }

    [Theory]
    [InlineData("[]", "Body must be a JSON object")]
    [InlineData("5", "Body must be a JSON object")]
    [InlineData("{", "Invalid JSON in body of request")]
    [InlineData("""{"display_name": null}""", "display_name must be a string")]
    [InlineData("""{"display_name": 5}""", "display_name must be a string")]
    [InlineData("""{"user_options": 5}""", "user_options must be an object or null")]
    [InlineData("""{"user_options": []}""", "user_options must be an object or null")]
    public async Task A_malformed_body_starts_nothing(string body, string complaint)
    {
        var token = await Host.Data.UserTokenAsync("malformed");
        using var answer = await StartAsync("malformed", token, body);
        Assert.Equal(complaint, await answer.ApiErrorAsync(400));
        Assert.Empty((await ModelAsync("malformed", token))["servers"]!.AsObject());
    }

    [Fact]
    public async Task The_default_server_cannot_be_removed_and_a_body_must_be_an_object()
    {
        var token = await Host.Data.UserTokenAsync("remover");
        using var remove = await Host.SendAsync("DELETE", "/hub/api/users/remover/server", token, Answers.Json("""{"remove": true}"""));
        Assert.Equal("Cannot delete the default server", await remove.ApiErrorAsync(400));
        using var list = await Host.SendAsync("DELETE", "/hub/api/users/remover/server", token, Answers.Json("[]"));
        await list.ApiErrorAsync(400);
    }

    [Fact]
    public async Task A_start_that_fails_says_why()
    {
        var token = await Host.Data.UserTokenAsync("failing");
        using var answer = await StartAsync("failing", token, """{"mode": "exit"}""");
        Assert.Contains("3", await answer.ApiErrorAsync(500), StringComparison.Ordinal);
        Assert.False((bool)(await ModelAsync("failing", token, "?include_stopped_servers"))["servers"]![""]!["ready"]!);
        using var health = await Host.SendAsync("GET", "/hub/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_slow_start_is_accepted_goes_on_and_can_be_stopped()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.SlowSpawnTimeout = 0.1);
        var token = await host.Data.UserTokenAsync("slow");
        using var first = await host.SendAsync("POST", "/hub/api/users/slow/server", token, Answers.Json("""{"mode": "deaf"}"""));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("text/plain", first.Content.Headers.ContentType?.MediaType);
        using var second = await host.SendAsync("POST", "/hub/api/users/slow/server", token);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        using var seen = await host.SendAsync("GET", "/hub/api/users/slow", token);
        var model = await seen.JsonAsync();
        Assert.Equal("spawn", (string)model["pending"]!);
        Assert.Null(model["server"]);
        Assert.Equal("spawn", (string)model["servers"]![""]!["pending"]!);
        Assert.False((bool)model["servers"]![""]!["ready"]!);
        using var stopped = await host.SendAsync("DELETE", "/hub/api/users/slow/server", token);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
    }

    [Fact]
    public async Task A_slow_stop_is_accepted_and_goes_on()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.SlowStopTimeout = 0.1;
            setup.Spawner = simple => simple.InterruptTimeout = 600;
        });
        var token = await host.Data.UserTokenAsync("ada");
        await host.StartServerAsync("ada", "nosigint");
        for (var round = 0; round < 2; round++)
        {
            using var answer = await host.SendAsync("DELETE", "/hub/api/users/ada/server", token);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        using var start = await host.SendAsync("POST", "/hub/api/users/ada/server", token);
        Assert.Contains("is pending stop", await start.ApiErrorAsync(400), StringComparison.Ordinal);
        await host.KillServerAsync("ada");
        await Eventually.TrueAsync(() => !host.Get<ServerSupervisor>().GetStatus("ada", "").IsActive);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_is_answered()
    {
        var token = await Host.Data.UserTokenAsync("cancelled");
        var start = StartAsync("cancelled", token, """{"mode": "deaf"}""");
        await Eventually.TrueAsync(() => Host.Get<ServerSupervisor>().GetStatus("cancelled", "").Phase == ServerPhase.Starting);
        using var stopped = await Host.SendAsync("DELETE", "/hub/api/users/cancelled/server", token);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        using var answer = await start.WaitAsync(Eventually.Deadline);
        Assert.Equal("Spawn cancelled", await answer.ApiErrorAsync(409));
    }

    [Fact]
    public async Task A_client_that_goes_away_does_not_cancel_the_start()
    {
        var token = await Host.Data.UserTokenAsync("leaver");
        using var leaving = new CancellationTokenSource();
        using var request = Host.NewRequest("POST", "/hub/api/users/leaver/server");
        request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
        var gate = Path.Combine(Host.Folder, "leaver.gate");
        request.Content = Answers.Json($$"""{"mode": "gate:{{gate}}"}""");
        var start = Host.Client.SendAsync(request, leaving.Token);
        await Eventually.TrueAsync(() => Host.Get<ServerSupervisor>().GetStatus("leaver", "").Phase == ServerPhase.Starting);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await File.WriteAllTextAsync(gate, "");
        await Eventually.TrueAsync(() => Host.Get<ServerSupervisor>().GetStatus("leaver", "").IsReady);
    }

    [Fact]
    public async Task Too_many_starts_are_refused_with_a_time_to_come_back()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.ConcurrentSpawnLimit = 1;
            hub.SlowSpawnTimeout = 0.1;
        });
        var ada = await host.Data.UserTokenAsync("ada");
        using var first = await host.SendAsync("POST", "/hub/api/users/ada/server", ada, Answers.Json("""{"mode": "deaf"}"""));
        var grace = await host.Data.UserTokenAsync("grace");
        using var second = await host.SendAsync("POST", "/hub/api/users/grace/server", grace);
        Assert.StartsWith("Too many users trying to log in right now.", await second.ApiErrorAsync(429), StringComparison.Ordinal);
        Assert.InRange(int.Parse(second.Header("Retry-After")!, CultureInfo.InvariantCulture), 30, 60);
        Assert.Single(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task Too_many_servers_are_refused()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.ActiveServerLimit = 1);
        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        var grace = await host.Data.UserTokenAsync("grace");
        using var answer = await host.SendAsync("POST", "/hub/api/users/grace/server", grace);
        Assert.Equal("Active user limit exceeded. Try again in a few minutes.", await answer.ApiErrorAsync(429));
        Assert.Null(answer.Header("Retry-After"));
    }

    [Fact]
    public async Task A_missing_user_has_no_server()
    {
        var admin = await Host.Data.UserTokenAsync("root");
        foreach (var method in new[] { "POST", "DELETE" })
        {
            using var answer = await Host.SendAsync(method, "/hub/api/users/nobody/server", admin);
            await answer.ApiErrorAsync(404);
        }

        using var progress = await Host.SendAsync("GET", "/hub/api/users/nobody/server/progress", admin);
        await progress.ApiErrorAsync(404);
    }

    [Fact]
    public async Task A_servers_own_token_may_little()
    {
        await Host.Data.UserAsync("owner");
        await Host.StartServerAsync("owner");
        var owner = await Host.Data.UserTokenAsync("owner");
        using var environment = await Host.SendAsync("GET", "/user/owner/env", owner);
        var token = (string)(await environment.JsonAsync())["JUPYTERHUB_API_TOKEN"]!;
        using var self = await Host.SendAsync("GET", "/hub/api/user", token);
        var model = await self.JsonAsync();
        Assert.Equal("owner", (string)model["name"]!);
        Assert.Contains("access:servers!server=owner/", model["scopes"]!.AsArray().Select(scope => (string)scope!));
        using var activity = await Host.SendAsync("POST", "/hub/api/users/owner/activity", token, Answers.Json("""{"servers": {"": {"last_activity": "2020-01-01T00:00:00Z"}}}"""));
        Assert.Equal(HttpStatusCode.OK, activity.StatusCode);
        foreach (var (method, target, status) in new[]
        {
            ("POST", "/hub/api/users/owner/server", 403), ("DELETE", "/hub/api/users/owner/server", 403), ("POST", "/hub/api/users/someone", 403),
            ("POST", "/hub/api/users/root/activity", 404), ("GET", "/hub/api/users/root", 404),
        })
        {
            using var answer = await Host.SendAsync(method, target, token, Answers.Json("{}"));
            await answer.ApiErrorAsync(status);
        }

        using var stopped = await Host.SendAsync("DELETE", "/hub/api/users/owner/server", owner);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        using var afterwards = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.Forbidden, afterwards.StatusCode);
    }

    [Fact]
    public async Task Others_start_and_stop_nothing()
    {
        await Host.Data.UserAsync("theirs");
        await Host.StartServerAsync("theirs");
        var other = await Host.Data.UserTokenAsync("other");
        foreach (var (method, target) in new[] { ("POST", "/hub/api/users/theirs/server"), ("DELETE", "/hub/api/users/theirs/server"), ("GET", "/hub/api/users/theirs/server/progress") })
        {
            using var answer = await Host.SendAsync(method, target, other);
            await answer.ApiErrorAsync(404);
            using var anonymous = await Host.SendAsync(method, target);
            await anonymous.ApiErrorAsync(403);
        }

        Assert.True(Host.Get<ServerSupervisor>().GetStatus("theirs", "").IsReady);
    }

    private Task<HttpResponseMessage> StartAsync(string name, string token, string body = "") =>
        Host.SendAsync("POST", $"/hub/api/users/{name}/server", token, body.Length == 0 ? null : Answers.Json(body));

    private async Task<JsonObject> ModelAsync(string name, string token, string query = "")
    {
        using var answer = await Host.SendAsync("GET", $"/hub/api/users/{name}{query}", token);
        return await answer.JsonAsync();
    }
}
