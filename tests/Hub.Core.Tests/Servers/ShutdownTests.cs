using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Tests.Servers;

public sealed class ShutdownTests
{
    [Fact]
    public async Task All_servers_are_stopped_and_none_can_be_started()
    {
        await using var hub = await Hub.CreateAsync();
        for (var number = 0; number < 10; number++)
        {
            Assert.Null(await hub.RunAsync(server: $"s{number}"));
        }

        await hub.Supervisor.ShutdownAsync(stopServers: true, CancellationToken.None);

        await hub.AssertNothingLeftAsync();
        Assert.Equal(ServerOperationError.ShuttingDown, (await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync())).Kind);
    }

    [Fact]
    public async Task Servers_can_be_left_to_the_next_hub()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());

        await hub.Supervisor.ShutdownAsync(stopServers: false, CancellationToken.None);

        Assert.Single(hub.Spawner.Running);
        Assert.Single(await hub.ServerTokensAsync());
        Assert.Equal(0, hub.Spawner.Stops);
        Assert.Empty(hub.Leases.Holders);
        await using var next = hub.Next();
        await next.Supervisor.ResumeAsync(CancellationToken.None);
        Assert.True(next.Status().IsReady);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_that_knows_no_address_yet_is_undone_either_way(bool stopServers)
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return hub.Spawner.Launch();
        };
        var start = await hub.StartAsync();
        await Hub.UntilAsync(() => !hub.Spawner.Requests.IsEmpty);
        var watching = hub.ProgressAsync();

        await hub.Supervisor.ShutdownAsync(stopServers, CancellationToken.None);

        Assert.Equal(ServerFailureReason.ShuttingDown, (await Hub.End(start))!.Reason);
        Assert.True((await watching)[^1].Failed);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_start_whose_server_is_up_already_goes_on_in_the_next_hub()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 503;
        var start = await hub.StartAsync();
        await Hub.UntilAsync(() => !hub.Server.Targets.IsEmpty);

        await hub.Supervisor.ShutdownAsync(stopServers: false, CancellationToken.None);

        Assert.Equal(ServerFailureReason.ShuttingDown, (await Hub.End(start))!.Reason);
        hub.Server.Status = 200;
        await using var next = hub.Next();
        await next.Supervisor.ResumeAsync(CancellationToken.None);
        Assert.True(next.Status().IsReady);
        Assert.Equal(1, next.Spawner.Starts);
        Assert.Equal(0, next.Spawner.Stops);
    }

    [Fact]
    public async Task Shutting_down_waits_for_a_stop_under_way_but_not_for_ever()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        var go = new TaskCompletionSource();
        hub.Spawner.OnStop = _ => go.Task;
        await hub.Supervisor.StopAsync("ada", "", CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var closing = hub.Supervisor.ShutdownAsync(stopServers: true, patience.Token);
        Assert.False(closing.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        go.SetResult();
        await Hub.UntilAsync(() => !hub.Status().IsActive);
    }
}
