using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Servers;

public sealed class ResumeTests
{
    [Fact]
    public async Task The_next_hub_finds_running_servers_and_keeps_them_with_their_tokens()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        Assert.Null(await hub.RunAsync(server: "lab"));
        var tokens = (await hub.ServerTokensAsync()).Select(token => token.Hashed).ToList();
        var started = (await hub.RowAsync()).Started;
        Crash(hub);

        await using var next = hub.Next();
        await next.Supervisor.ResumeAsync(CancellationToken.None);

        Assert.True(next.Status().IsReady);
        Assert.True(next.Status(server: "lab").IsReady);
        Assert.Equal(started, next.Status().Started);
        Assert.Equal(["/user/ada/", "/user/ada/lab/"], next.Proxy.Routes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(tokens, (await next.ServerTokensAsync()).Select(token => token.Hashed));
        Assert.Equal(2, next.Spawner.Starts);
        Assert.Null(await next.StopAsync());
        Assert.Null(await next.StopAsync(server: "lab"));
        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Servers_that_ended_meanwhile_are_cleaned_up()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        hub.Spawner.KillAll(1);
        Crash(hub);

        await using var next = hub.Next();
        await next.Supervisor.ResumeAsync(CancellationToken.None);

        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_runs_but_does_not_answer_is_stopped()
    {
        var time = new FakeTime();
        await using var hub = await Hub.CreateAsync(time);
        Assert.Null(await hub.RunAsync());
        Crash(hub);
        await using var next = hub.Next();
        next.SpawnerOptions.HttpTimeout = 30;
        next.Server.Status = 0;
        var resuming = next.Supervisor.ResumeAsync(CancellationToken.None);
        await Hub.UntilAsync(() => next.Status().Pending == "check");

        await Hub.PassTimeUntilAsync(time, () => !next.Status().IsActive);
        await resuming;

        await next.AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_that_the_hub_did_not_live_to_finish_is_undone_or_taken_over(bool knewTheAddress)
    {
        await using var hub = await Hub.CreateAsync();
        var saved = new TaskCompletionSource();
        hub.Server.Status = 503;
        hub.Spawner.OnStart = async (request, _) =>
        {
            var server = hub.Spawner.Launch();
            await request.Observer.SaveStateAsync(server.State, CancellationToken.None);
            saved.TrySetResult();
            if (!knewTheAddress)
            {
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }

            return server;
        };
        await hub.StartAsync();
        await saved.Task;
        if (knewTheAddress)
        {
            await Hub.UntilAsync(() => !hub.Server.Targets.IsEmpty);
        }

        Crash(hub);
        hub.Server.Status = 200;
        await using var next = hub.Next();
        await next.Supervisor.ResumeAsync(CancellationToken.None);

        if (knewTheAddress)
        {
            Assert.True(next.Status().IsReady);
            Assert.Single(next.Proxy.Routes);
            await next.StopAsync();
        }

        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_blocked_user_s_server_is_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        Crash(hub);
        await using var next = hub.Next();
        next.Authenticator.BlockedUsers.Add("ada");

        await next.Supervisor.ResumeAsync(CancellationToken.None);

        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task What_another_hub_looks_after_is_left_alone()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        await using var other = hub.Next();

        await other.Supervisor.ResumeAsync(CancellationToken.None);

        Assert.Equal(ServerStatus.Stopped, other.Status());
        Assert.Equal(ServerOperationError.OwnedElsewhere, (await Assert.ThrowsAsync<ServerOperationException>(() => other.StartAsync())).Kind);
        Assert.Equal(ServerOperationError.OwnedElsewhere, (await Assert.ThrowsAsync<ServerOperationException>(() => other.StopAsync())).Kind);
        Assert.True(hub.Status().IsReady);
        Assert.Null(await hub.StopAsync());
        // Its lease is free now.
        Assert.Null(await other.RunAsync());
    }

    [Fact]
    public async Task A_server_that_was_not_found_at_start_is_found_when_somebody_asks_for_it()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        Crash(hub);
        await using var next = hub.Next();

        Assert.Equal(ServerOperationError.AlreadyRunning, (await Assert.ThrowsAsync<ServerOperationException>(() => next.StartAsync())).Kind);
        Assert.True(next.Status().IsReady);
        Assert.Null(await next.StopAsync());
        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_check_can_be_cut_short_by_a_stop()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        Crash(hub);
        hub.Server.Status = 503;
        await using var next = hub.Next();
        next.Options.InitSpawnersTimeout = 0;
        await next.Supervisor.ResumeAsync(CancellationToken.None);
        Assert.Equal("check", next.Status().Pending);
        Assert.Equal("ada is pending check", (await Assert.ThrowsAsync<ServerOperationException>(() => next.StartAsync())).Message);

        Assert.Null(await next.StopAsync());
        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task State_of_a_server_without_a_server_row_is_cleaned_up_too()
    {
        await using var hub = await Hub.CreateAsync();
        var user = (await hub.Database.ListAsync<Users.HubUser>()).Single();
        var orphan = hub.Spawner.Launch();
        await hub.Database.AddAsync(new HubSpawner { UserId = user.Id, Name = "old", State = (JsonObject)orphan.State.DeepClone() });

        await hub.Supervisor.ResumeAsync(CancellationToken.None);

        await hub.AssertNothingLeftAsync();
    }

    /// <summary>A killed hub does nothing more; its leases are seen to be a dead hub's.</summary>
    private static void Crash(Hub hub)
    {
        foreach (var id in hub.Leases.Holders.Keys.ToList())
        {
            hub.Supervisor.GiveUp(id);
        }

        hub.Leases.Holders.Clear();
        hub.Proxy.Routes.Clear();
    }
}
