using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Tests.Servers;

public sealed class LimitTests
{
    [Fact]
    public async Task A_start_beyond_those_that_may_be_under_way_is_refused_before_anything_is_written()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Options.ConcurrentSpawnLimit = 2;
        var go = new TaskCompletionSource();
        hub.Spawner.OnStart = async (_, _) =>
        {
            await go.Task;
            return hub.Spawner.Launch();
        };
        var first = await hub.StartAsync(server: "a");
        var second = await hub.StartAsync(server: "b");

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(server: "c"));

        Assert.Equal(ServerOperationError.TooManySpawning, refusal.Kind);
        Assert.InRange(refusal.RetryAfter!.Value, 30, 60);
        Assert.Matches("^Too many users trying to log in right now. Try again in (30|40|50|60) seconds.$", refusal.Message);
        Assert.DoesNotContain(await hub.Database.ListAsync<HubSpawner>(), row => row.Name == "c");
        Assert.Equal(ServerStatus.Stopped, hub.Status(server: "c"));

        go.SetResult();
        Assert.Null(await Hub.End(first));
        Assert.Null(await Hub.End(second));
        Assert.Null(await hub.RunAsync(server: "c"));
    }

    [Fact]
    public async Task A_burst_does_not_pass_the_limit_together()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Options.ConcurrentSpawnLimit = 3;
        var go = new TaskCompletionSource();
        hub.Spawner.OnStart = async (_, _) =>
        {
            await go.Task;
            return hub.Spawner.Launch();
        };
        var attempts = Enumerable.Range(0, 12).Select(number => Task.Run(() => hub.StartAsync(server: $"s{number}"))).ToList();
        await Hub.UntilAsync(() => attempts.Count(attempt => attempt.IsCompleted) == 12);

        Assert.Equal(3, attempts.Count(attempt => attempt.IsCompletedSuccessfully));
        go.SetResult();
    }

    [Fact]
    public async Task A_start_beyond_those_that_may_run_is_refused_without_a_time_to_try_again()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Options.ActiveServerLimit = 1;
        Assert.Null(await hub.RunAsync());

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(server: "b"));

        Assert.Equal((ServerOperationError.TooManyActive, null), (refusal.Kind, refusal.RetryAfter));
        Assert.Equal("Active user limit exceeded. Try again in a few minutes.", refusal.Message);
        Assert.Single(await hub.Database.ListAsync<HubSpawner>());
        // What runs already is told so, limit or not.
        Assert.Equal(ServerOperationError.AlreadyRunning, (await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync())).Kind);
        await hub.StopAsync();
        Assert.Null(await hub.RunAsync(server: "b"));
    }
}
