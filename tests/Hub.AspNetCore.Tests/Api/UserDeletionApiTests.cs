using JupyterHub.Core.Groups;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Removing users with all that is theirs (contract 2.3).</summary>
public sealed class UserDeletionApiTests(NamedServersFixture fixture) : IClassFixture<NamedServersFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_removed_user_leaves_nothing_and_the_name_is_free()
    {
        var browser = await Host.SignInAsync("leaver");
        var token = await Host.Data.UserTokenAsync("leaver");
        await Host.Data.GroupAsync("leavers", "leaver");
        var id = (await Host.Data.UserAsync("leaver")).Id;
        using var answer = await DeleteAsync("leaver");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubToken>(), row => row.UserId == id);
        Assert.DoesNotContain(await Host.Data.ListAsync<UserRole>(), row => row.UserId == id);
        Assert.DoesNotContain(await Host.Data.ListAsync<UserGroup>(), row => row.UserId == id);
        using var again = await DeleteAsync("leaver");
        await again.ApiErrorAsync(404);

        // Whoever gets the name next is somebody else.
        await Host.Data.UserAsync("leaver");
        using var byToken = await Host.SendAsync("GET", "/hub/api/user", token);
        await byToken.ApiErrorAsync(403);
        using var byCookie = await browser.GetAsync("/hub/api/user");
        await byCookie.ApiErrorAsync(403);
    }

    [Fact]
    public async Task All_servers_are_stopped_first()
    {
        await Host.Data.UserAsync("runner");
        await Host.StartServerAsync("runner");
        var named = await Host.Get<ServerSupervisor>().StartAsync("runner", "lab", ServerChoices.Kept, CancellationToken.None);
        Assert.Null(await named.Completion.WaitAsync(Eventually.Deadline));
        var id = (await Host.Data.UserAsync("runner")).Id;
        using var answer = await DeleteAsync("runner");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(Host.Get<ServerSupervisor>().ActiveOf("runner"));
        Assert.DoesNotContain(await Host.Data.ListAsync<HubSpawner>(), row => row.UserId == id);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubServer>(), row => row.BaseUrl!.StartsWith("/user/runner/", StringComparison.Ordinal));
        Assert.DoesNotContain(await Host.Data.ListAsync<OAuthClient>(), row => row.Identifier.StartsWith("jupyterhub-user-runner", StringComparison.Ordinal));
        using var route = await Host.SendAsync("GET", "/user/runner/api");
        Assert.Equal(HttpStatusCode.Redirect, route.StatusCode);
    }

    [Fact]
    public async Task A_start_under_way_is_undone()
    {
        var start = await Host.Get<ServerSupervisor>().StartAsync("root", "", new(UserOptions: new() { ["mode"] = "slow:60" }), CancellationToken.None);
        await Host.Data.UserAsync("second", admin: true);
        using var answer = await DeleteAsync("root", await Host.Data.UserTokenAsync("second"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.NotNull(await start.Completion.WaitAsync(Eventually.Deadline));
        Assert.Empty(Host.Get<ServerSupervisor>().ActiveOf("root"));
        await Host.Data.UserAsync("root", admin: true);
    }

    [Fact]
    public async Task Nobody_removes_themselves()
    {
        using var self = await DeleteAsync("root");
        Assert.Equal("Cannot delete yourself!", await self.ApiErrorAsync(400));
        await Host.Data.UserAsync("namesake");
        using var service = await DeleteAsync("namesake", await Host.Data.ServiceTokenAsync("namesake", "delete:users"));
        Assert.Equal("Cannot delete yourself!", await service.ApiErrorAsync(400));
    }

    [Fact]
    public async Task While_a_server_is_stopping_the_user_stays()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.SlowStopTimeout = 0.2;
            setup.Spawner = simple => simple.InterruptTimeout = 600;
        });
        await host.Data.UserAsync("stopper");
        await host.StartServerAsync("stopper", "nosigint");
        var admin = await host.Data.UserTokenAsync("root");
        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await host.SendAsync("DELETE", "/hub/api/users/stopper", admin);
            Assert.Equal("stopper's server is in the process of stopping, please wait.", await answer.ApiErrorAsync(400));
        }

        Assert.Contains(await host.Data.ListAsync<HubUser>(), user => user.Name == "stopper");
        await host.KillServerAsync("stopper");
    }

    [Fact]
    public async Task Of_a_hundred_who_remove_the_same_user_one_does()
    {
        await Host.Data.UserTokenAsync("popular");
        await Host.Data.SpawnerAsync("popular");
        var admin = await Host.Data.UserTokenAsync("root");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => StatusAsync("DELETE", "/hub/api/users/popular", admin)));
        Assert.Equal(1, answers.Count(status => status == 204));
        Assert.Equal(99, answers.Count(status => status == 404));
    }

    [Fact]
    public async Task Making_starting_and_removing_at_once_leaves_no_orphan()
    {
        var admin = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("contested");
        var work = Enumerable.Range(0, 30).Select(number => (number % 3) switch
        {
            0 => StatusAsync("POST", "/hub/api/users/contested", admin),
            1 => StatusAsync("POST", "/hub/api/users/contested/server", admin),
            _ => StatusAsync("DELETE", "/hub/api/users/contested", admin),
        });
        var answers = await Task.WhenAll(work);
        Assert.DoesNotContain(answers, status => status is 500 or 503);
        var supervisor = Host.Get<ServerSupervisor>();
        await Eventually.TrueAsync(() => supervisor.GetStatus("contested", "").Pending is null);
        await Eventually.TrueAsync(async () => await StatusAsync("DELETE", "/hub/api/users/contested", admin) == 404);
        Assert.Empty(supervisor.ActiveOf("contested"));
        var ids = (await Host.Data.ListAsync<HubUser>()).Select(user => user.Id).ToHashSet();
        Assert.All(await Host.Data.ListAsync<HubSpawner>(), row => Assert.Contains(row.UserId, ids));
        Assert.All((await Host.Data.ListAsync<HubToken>()).Where(row => row.UserId is not null), row => Assert.Contains(row.UserId!.Value, ids));
        Assert.DoesNotContain(await Host.Data.ListAsync<HubServer>(), row => row.BaseUrl!.StartsWith("/user/contested/", StringComparison.Ordinal));
        Assert.DoesNotContain(await Host.Data.ListAsync<OAuthClient>(), row => row.Identifier == "jupyterhub-user-contested");
    }

    private async Task<int> StatusAsync(string method, string target, string token)
    {
        using var answer = await Host.SendAsync(method, target, token);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> DeleteAsync(string user, string? token = null) =>
        await Host.SendAsync("DELETE", $"/hub/api/users/{user}", token ?? await Host.Data.UserTokenAsync("root"));
}
