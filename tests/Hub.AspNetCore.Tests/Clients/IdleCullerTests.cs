using System.Globalization;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Clients;

/// <summary>The idle culler against a hub with users of every kind, with its documented scopes and with each of them missing.</summary>
public sealed class IdleCullerTests : IAsyncLifetime
{
    private static readonly string[] Scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers", "delete:users"];

    private const double SlowStop = 600;

    private readonly HeldTime time = new(SlowStop);
    private HubHost host = null!;
    private DateTimeOffset now;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub =>
            {
                hub.AllowNamedServers = true;

                // Over when the stubborn one was told to stop, which goes on until it is killed.
                hub.SlowStopTimeout = SlowStop;
            };
            setup.Spawner = simple => simple.InterruptTimeout = 6000;
            setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(time);
        });

        // Nobody can have been idle for an hour in a test; but the culler may live 50 minutes ahead, and whoever is active there says so.
        now = DateTimeOffset.UtcNow.AddMinutes(50);
        foreach (var user in new[] { "idle", "busy", "idle-named", "stubborn", "resting", "lively", "root" })
        {
            await host.Data.UserAsync(user);
        }

        await host.StartServerAsync("idle");
        await host.StartServerAsync("busy");
        await host.StartServerAsync("stubborn", "nosigint");
        var named = await host.Get<ServerSupervisor>().StartAsync("idle-named", "lab", ServerChoices.Kept, CancellationToken.None);
        Assert.Null(await named.Completion.WaitAsync(Eventually.Deadline));
        await host.Data.SpawnerAsync("resting", "old");
        var soon = DateTime.UtcNow.AddMinutes(45).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        foreach (var (user, body) in new[]
        {
            ("busy", $$$"""{"last_activity": "{{{soon}}}", "servers": {"": {"last_activity": "{{{soon}}}"} } }"""),
            ("resting", """{"last_activity": "2024-01-01T00:00:00Z"}"""),
            ("lively", $$"""{"last_activity": "{{soon}}"}"""),
        })
        {
            using var answer = await host.SendAsync("POST", $"/hub/api/users/{user}/activity", await host.Data.UserTokenAsync(user), Answers.Json(body));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    public async Task DisposeAsync()
    {
        await host.KillServerAsync("stubborn");
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Idle_servers_are_stopped_and_users_stay()
    {
        var culler = new IdleCuller(host, await TokenAsync(Scopes[..4]), now);
        await RunAsync(culler);
        Assert.Equal(
            [
                "GET /hub/api/ 200", "GET /hub/api/users 200", "DELETE /hub/api/users/idle/server 204", "DELETE /hub/api/users/idle-named/servers/lab 204",
                "DELETE /hub/api/users/stubborn/server 202",
            ],
            culler.Calls);
        var supervisor = host.Get<ServerSupervisor>();
        Assert.True(supervisor.GetStatus("busy", "").IsReady);
        Assert.False(supervisor.GetStatus("idle", "").IsActive);
        Assert.False(supervisor.GetStatus("idle-named", "lab").IsActive);
        await host.KillServerAsync("stubborn");
        await Eventually.TrueAsync(() => !supervisor.GetStatus("stubborn", "").IsActive);
        Assert.Equal(7, (await host.Data.ListAsync<HubUser>()).Count);
        Assert.Contains(await host.Data.ListAsync<HubSpawner>(), row => row.Name == "lab");
    }

    [Fact]
    public async Task Idle_users_go_page_by_page_with_their_servers_and_administrators_stay()
    {
        var culler = new IdleCuller(host, await TokenAsync(Scopes), now) { CullsUsers = true, RemovesNamedServers = true, PageSize = 1 };
        await RunAsync(culler);

        // Three without a server that runs, four with one, each on a page of its own, by the addresses that the hub gave.
        Assert.Equal(7, culler.Pages.Count);
        Assert.Equal(3, culler.Pages.Count(page => page.Contains("state=inactive", StringComparison.Ordinal)));
        Assert.Equal(4, culler.Pages.Count(page => page.Contains("state=ready", StringComparison.Ordinal)));
        Assert.All(culler.Pages, page => Assert.Contains("limit=1", page, StringComparison.Ordinal));
        Assert.Equal(["busy", "lively", "root", "stubborn"], (await host.Data.ListAsync<HubUser>()).Select(user => user.Name).Order(StringComparer.Ordinal));

        // The stubborn one was still stopping; it goes with the next round.
        await host.KillServerAsync("stubborn");
        await Eventually.TrueAsync(() => !host.Get<ServerSupervisor>().GetStatus("stubborn", "").IsActive);
        var again = new IdleCuller(host, await TokenAsync(Scopes), now.AddMinutes(1)) { CullsUsers = true };
        await again.RunAsync();
        Assert.Equal(["busy", "lively", "root"], (await host.Data.ListAsync<HubUser>()).Select(user => user.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("list:users", 403)]
    [InlineData("read:users:activity", 0)]
    [InlineData("read:servers", 0)]
    [InlineData("delete:servers", 403)]
    [InlineData("delete:users", 403)]
    public async Task Without_one_of_its_scopes_it_gets_no_further(string missing, int status)
    {
        var culler = new IdleCuller(host, await TokenAsync([.. Scopes.Where(scope => scope != missing)]), now) { CullsUsers = true };
        var problem = await Assert.ThrowsAnyAsync<Exception>(culler.RunAsync);
        if (status == 0)
        {
            // Nothing is refused; what the scope reveals is not there.
            Assert.IsType<KeyNotFoundException>(problem);
        }
        else
        {
            Assert.Equal(status, (int)Assert.IsType<HttpRequestException>(problem).StatusCode!);
        }

        // Users who have no server that runs come first.
        Assert.Equal(missing == "delete:servers" ? 6 : 7, (await host.Data.ListAsync<HubUser>()).Count);
    }

    private async Task RunAsync(IdleCuller culler)
    {
        var run = culler.RunAsync();
        await Eventually.TrueAsync("the stubborn one is stopping", () => run.IsCompleted || host.Get<ServerSupervisor>().GetStatus("stubborn", "").Phase == ServerPhase.Stopping);
        if (!run.IsCompleted)
        {
            await time.EndAsync(SlowStop);
        }

        await run;
    }

    private Task<string> TokenAsync(string[] scopes) => host.Data.ServiceTokenAsync($"culler-{Guid.NewGuid():N}", scopes);
}
