using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Renaming users and setting their admin flag (contract 2.3).</summary>
public sealed class UserChangeApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_renamed_user_keeps_cookies_and_tokens()
    {
        var browser = await Host.SignInAsync("before");
        var token = await Host.Data.UserTokenAsync("before");
        using var answer = await PatchAsync("before", """{"name": "After"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("after", (string)(await answer.JsonAsync())["name"]!);
        using var byToken = await Host.SendAsync("GET", "/hub/api/user", token);
        var model = await byToken.JsonAsync();
        Assert.Equal("after", (string)model["name"]!);
        Assert.Contains("access:servers!user=after", model["scopes"]!.AsArray().Select(scope => (string)scope!));
        using var byCookie = await browser.GetAsync("/hub/api/user");
        Assert.Equal("after", (string)(await byCookie.JsonAsync())["name"]!);
        using var old = await Host.SendAsync("GET", "/hub/api/users/before", await AdminAsync());
        await old.ApiErrorAsync(404);
    }

    [Fact]
    public async Task Shares_stay_with_the_server_of_a_renamed_user()
    {
        var owner = await Host.Data.UserAsync("sharer");
        var guest = await Host.Data.UserTokenAsync("guest");
        var spawner = await Host.Data.SpawnerAsync("sharer", "lab");
        await Host.Data.AddAsync(new Share
        {
            OwnerId = owner.Id,
            SpawnerId = spawner.Id,
            UserId = (await Host.Data.UserAsync("guest")).Id,
            Scopes = ["access:servers!server=sharer/lab"],
            CreatedAt = TimeProvider.System.GetHubTime(),
        });
        using var answer = await PatchAsync("sharer", """{"name": "shared"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var self = await Host.SendAsync("GET", "/hub/api/user", guest);
        var scopes = (await self.JsonAsync())["scopes"]!.AsArray().Select(scope => (string)scope!).ToList();
        Assert.Contains("access:servers!server=shared/lab", scopes);
        Assert.DoesNotContain("access:servers!server=sharer/lab", scopes);
    }

    [Fact]
    public async Task Nobody_is_renamed_while_a_server_runs()
    {
        await Host.Data.UserAsync("busy");
        await Host.StartServerAsync("busy");
        using var refused = await PatchAsync("busy", """{"name": "idle"}""");
        Assert.Contains("active servers", await refused.ApiErrorAsync(400), StringComparison.Ordinal);
        using var flag = await PatchAsync("busy", """{"name": "busy", "admin": true}""");
        Assert.True((bool)(await flag.JsonAsync())["admin"]!);
        var stop = await Host.Get<ServerSupervisor>().StopAsync("busy", "", CancellationToken.None);
        Assert.Null(await stop.Completion.WaitAsync(Eventually.Deadline));
        using var renamed = await PatchAsync("busy", """{"name": "idle"}""");
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        await Host.StartServerAsync("idle");
        using var model = await Host.SendAsync("GET", "/hub/api/users/idle", await AdminAsync());
        Assert.Equal("/user/idle/", (string)(await model.JsonAsync())["server"]!);
    }

    [Fact]
    public async Task Of_many_renames_and_starts_the_rows_and_the_name_agree()
    {
        await Host.Data.UserAsync("racer");
        var admin = await AdminAsync();
        var starts = Enumerable.Range(0, 10).Select(async _ =>
        {
            using var answer = await Host.SendAsync("POST", "/hub/api/users/racer/server", admin, Answers.Json("{}"));
            return (int)answer.StatusCode;
        });
        var renames = Enumerable.Range(0, 10).Select(async number =>
        {
            using var answer = await PatchAsync("racer", $$"""{"name": "raced-{{number}}"}""");
            return (int)answer.StatusCode;
        });
        var answers = await Task.WhenAll(starts.Concat(renames));
        Assert.DoesNotContain(answers, status => status >= 500);
        var user = (await Host.Data.ListAsync<HubUser>()).Single(row => row.Name == "racer" || row.Name.StartsWith("raced-", StringComparison.Ordinal));
        var supervisor = Host.Get<ServerSupervisor>();
        await Eventually.TrueAsync(() => supervisor.GetStatus("racer", "").Pending is null);
        var active = supervisor.ActiveOf("racer");
        Assert.Equal(user.Name == "racer" ? 1 : 0, active.Count);
    }

    [Theory]
    [InlineData("""{"name": "taken"}""", "User taken already exists, username must be unique")]
    [InlineData("""{"name": "TAKEN"}""", "User taken already exists, username must be unique")]
    [InlineData("""{"name": "a/b"}""", "Invalid username: a/b")]
    [InlineData("""{"name": ""}""", "Invalid username")]
    [InlineData("""{"name": null}""", "user.name must be a string")]
    [InlineData("""{"name": 5}""", "user.name must be a string")]
    [InlineData("""{"admin": null}""", "user.admin must be true or false")]
    [InlineData("""{"auth_state": null}""", "user.auth_state must be an object")]
    [InlineData("""{"groups": []}""", "cannot be changed here")]
    [InlineData("""{"roles": ["admin"]}""", "cannot be changed here")]
    [InlineData("""{"planet": 1}""", "Invalid JSON keys: planet")]
    [InlineData("[]", "Body must be a JSON object")]
    [InlineData("", "Body must be a JSON object")]
    public async Task A_wrong_change_changes_nothing(string body, string complaint)
    {
        await Host.Data.UserAsync("taken");
        await Host.Data.UserAsync("steady");
        using var answer = await PatchAsync("steady", body);
        Assert.Contains(complaint, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        Assert.Contains(await Host.Data.ListAsync<HubUser>(), user => user is { Name: "steady", Admin: false });
    }

    [Fact]
    public async Task A_name_of_ten_megabytes_is_not_read()
    {
        await Host.Data.UserAsync("steady");
        using var answer = await PatchAsync("steady", $$"""{"name": "{{new string('n', 10 * 1024 * 1024)}}"}""");
        await answer.ApiErrorAsync(413);
    }

    [Fact]
    public async Task Auth_state_is_taken_and_not_kept()
    {
        await Host.Data.UserAsync("state");
        using var answer = await PatchAsync("state", """{"auth_state": {"secret": "x"}}""");
        var model = await answer.JsonAsync();
        Assert.True(model.ContainsKey("auth_state"));
        Assert.Null(model["auth_state"]);
        Assert.Null((await Host.Data.UserAsync("state")).EncryptedAuthState);
        using var missing = await PatchAsync("ghost", """{"admin": false}""");
        await missing.ApiErrorAsync(404);
    }

    [Fact]
    public async Task CVE_2024_41942_only_admins_change_admins()
    {
        await Host.Data.UserAsync("boss", admin: true);
        await Host.Data.UserAsync("worker");
        var token = await Host.Data.ServiceTokenAsync("changer", "admin:users");
        using var promoted = await PatchAsync("worker", """{"admin": true}""", token);
        Assert.Equal("Only admins can grant admin permissions", await promoted.ApiErrorAsync(403));
        using var demoted = await PatchAsync("boss", """{"admin": false}""", token);
        Assert.Equal("Only admins can modify other admins", await demoted.ApiErrorAsync(403));
        using var renamed = await PatchAsync("boss", """{"name": "bossy"}""", token);
        Assert.Equal("Only admins can modify other admins", await renamed.ApiErrorAsync(403));
        using var unchanged = await PatchAsync("worker", """{"admin": false}""", token);
        Assert.Equal(HttpStatusCode.OK, unchanged.StatusCode);
        Assert.Contains(await Host.Data.ListAsync<HubUser>(), user => user is { Name: "boss", Admin: true });
    }

    [Fact]
    public async Task Nobody_is_renamed_into_an_admin_of_the_settings()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Authenticator = dummy => dummy.AdminUsers.Add("chief"));
        var root = await host.Data.UserTokenAsync("root");
        using var moved = await host.SendAsync("PATCH", "/hub/api/users/chief", root, Answers.Json("""{"name": "former"}"""));
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        await host.Data.UserAsync("climber");
        var manager = await host.Data.ServiceTokenAsync("manager", "admin:users");
        using var refused = await host.SendAsync("PATCH", "/hub/api/users/climber", manager, Answers.Json("""{"name": "chief"}"""));
        Assert.Equal("Only admins can grant admin permissions", await refused.ApiErrorAsync(403));
    }

    [Fact]
    public async Task The_admin_role_follows_the_flag()
    {
        var token = await Host.Data.UserTokenAsync("flagged");
        foreach (var (flag, roles) in new[] { ("true", "admin user"), ("false", "user") })
        {
            using var answer = await PatchAsync("flagged", $$"""{"admin": {{flag}}}""");
            Assert.Equal(roles, string.Join(' ', (await answer.JsonAsync())["roles"]!.AsArray().Select(role => (string)role!)));
            using var listed = await Host.SendAsync("GET", "/hub/api/users", token);
            Assert.Equal(flag == "true" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, listed.StatusCode);
        }
    }

    [Fact]
    public async Task Admin_access_is_a_thing_of_the_past()
    {
        await Host.Data.UserAsync("visited");
        using var answer = await Host.SendAsync("POST", "/hub/api/users/visited/admin-access", await AdminAsync());
        Assert.Equal("admin access to user servers disabled", await answer.ApiErrorAsync(403));
    }

    private Task<string> AdminAsync() => Host.Data.UserTokenAsync("root");

    private async Task<HttpResponseMessage> PatchAsync(string user, string body, string? token = null) =>
        await Host.SendAsync("PATCH", $"/hub/api/users/{user}", token ?? await AdminAsync(), Answers.Json(body));
}
