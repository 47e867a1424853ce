using JupyterHub.Core.Servers;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Servers;

public sealed class RaceTests
{
    [Fact]
    public async Task Of_many_starts_at_once_one_is_begun()
    {
        await using var hub = await Hub.CreateAsync();
        var gate = new TaskCompletionSource();
        hub.Spawner.OnStart = async (_, _) =>
        {
            await gate.Task;
            return hub.Spawner.Launch();
        };
        var attempts = Enumerable.Range(0, 20).Select(_ => Task.Run(() => hub.StartAsync())).ToList();
        await Hub.UntilAsync(() => attempts.Count(attempt => attempt.IsFaulted) == 19);
        gate.SetResult();

        var begun = await attempts.Single(attempt => !attempt.IsFaulted);
        Assert.Null(await Hub.End(begun));
        Assert.All(
            attempts.Where(attempt => attempt.IsFaulted),
            attempt => Assert.Equal(ServerOperationError.Starting, Assert.IsType<ServerOperationException>(attempt.Exception!.InnerException).Kind));
        Assert.Equal(1, hub.Spawner.Starts);
        Assert.Single(await hub.ServerTokensAsync());
        var second = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync());
        Assert.Equal((ServerOperationError.AlreadyRunning, "ada is already running"), (second.Kind, second.Message));
    }

    [Fact]
    public async Task A_stop_during_a_start_cancels_it_and_everybody_learns()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = async (request, cancellationToken) =>
        {
            request.Observer.Report("Spawning server...", 50);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return hub.Spawner.Launch();
        };
        var start = await hub.StartAsync();
        var watching = hub.ProgressAsync();
        await Hub.UntilAsync(() => !hub.Spawner.Requests.IsEmpty);
        var pending = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync());
        Assert.Equal("ada is pending spawn", pending.Message);

        Assert.Null(await hub.StopAsync());

        Assert.Equal(ServerFailure.Cancelled, await Hub.End(start));
        Assert.Equal(["Server requested", "Spawning server...", "Spawn cancelled"], (await watching).Select(item => item.Message));
        Assert.True((await watching)[^1].Failed);
        await hub.AssertNothingLeftAsync();
        // A start that its owner cancelled is not one that failed.
        Assert.Equal(ServerOperationError.NotStarting, Assert.Throws<ServerOperationException>(() => hub.Supervisor.WatchAsync("ada", "", default)).Kind);

        hub.Spawner.OnStart = null;
        Assert.Null(await hub.RunAsync());
    }

    [Fact]
    public async Task A_stop_while_the_server_does_not_answer_yet_stops_it()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 503;
        var start = await hub.StartAsync();
        await Hub.UntilAsync(() => !hub.Server.Targets.IsEmpty);

        Assert.Null(await hub.StopAsync());

        Assert.Equal(ServerFailureReason.Cancelled, (await Hub.End(start))!.Reason);
        Assert.Equal(1, hub.Spawner.Stops);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_stop_at_the_last_moment_of_a_start_wins()
    {
        await using var hub = await Hub.CreateAsync();
        var adding = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        hub.Proxy.OnAdd = _ =>
        {
            adding.TrySetResult();
            return go.Task;
        };
        var start = await hub.StartAsync();
        await adding.Task;
        var stop = await hub.Supervisor.StopAsync("ada", "", CancellationToken.None);
        Assert.Equal("stop", hub.Status().Pending);
        go.SetResult();

        Assert.Equal(ServerFailureReason.Cancelled, (await Hub.End(start))!.Reason);
        Assert.Null(await Hub.End(stop));
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Two_stops_are_one()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        var go = new TaskCompletionSource();
        hub.Spawner.OnStop = _ => go.Task;
        var first = await hub.Supervisor.StopAsync("ada", "", CancellationToken.None);
        var second = await hub.Supervisor.StopAsync("ada", "", CancellationToken.None);
        var start = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync());
        Assert.Equal("ada is pending stop", start.Message);
        // The route goes first, so that nobody is sent to a dying server.
        await Hub.UntilAsync(() => hub.Proxy.Routes.IsEmpty);
        Assert.Single(hub.Spawner.Running);
        go.SetResult();

        Assert.Null(await Hub.End(first));
        Assert.Null(await Hub.End(second));
        Assert.Equal(1, hub.Spawner.Stops);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_dies_while_it_is_being_stopped_is_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        hub.SpawnerOptions.PollInterval = 0.01;
        Assert.Null(await hub.RunAsync());
        var stopping = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        hub.Spawner.OnStop = _ =>
        {
            stopping.TrySetResult();
            return go.Task;
        };
        var stop = await hub.Supervisor.StopAsync("ada", "", CancellationToken.None);
        await stopping.Task;
        hub.Spawner.KillAll(0);
        go.SetResult();

        Assert.Null(await Hub.End(stop));
        Assert.Equal(1, hub.Spawner.Stops);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_caller_who_goes_away_takes_nothing_with_him()
    {
        await using var hub = await Hub.CreateAsync();
        var go = new TaskCompletionSource();
        hub.Leases.OnAcquire = () => go.Task;
        using var caller = new CancellationTokenSource();
        var asking = hub.Supervisor.StartAsync("ada", "", ServerChoices.Kept, caller.Token);
        await Hub.UntilAsync(() => hub.Status().Pending == "spawn");
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        go.SetResult();

        await Hub.UntilAsync(() => hub.Status().IsReady);
        Assert.Single(hub.Proxy.Routes);
    }

    [Fact]
    public async Task Fifty_listeners_who_join_when_they_like_see_the_same_events()
    {
        await using var hub = await Hub.CreateAsync();
        var go = new TaskCompletionSource();
        hub.Spawner.OnStart = async (request, _) =>
        {
            for (var step = 1; step <= 40; step++)
            {
                request.Observer.Report($"Step {step}", step);
                await Task.Delay(2, CancellationToken.None);
            }

            await go.Task;
            return hub.Spawner.Launch();
        };
        var start = await hub.StartAsync();
        var listeners = new List<Task<List<ProgressEvent>>>();
        for (var i = 0; i < 50; i++)
        {
            listeners.Add(Task.Run(() => hub.ProgressAsync()));
            await Task.Delay(i % 5, CancellationToken.None);
        }

        await Hub.UntilAsync(() => listeners.TrueForAll(listener => listener.Status != TaskStatus.WaitingToRun));
        using (var impatient = new CancellationTokenSource())
        {
            await using var leaving = hub.Supervisor.WatchAsync("ada", "", impatient.Token).GetAsyncEnumerator(impatient.Token);
            Assert.True(await leaving.MoveNextAsync());
            await impatient.CancelAsync();
        }

        go.SetResult();
        Assert.Null(await Hub.End(start));
        var all = await Task.WhenAll(listeners);
        var complete = all.Where(events => events.Count > 1).ToList();
        Assert.NotEmpty(complete);
        Assert.All(complete, events => Assert.Equal(complete[0], events));
        Assert.Equal(42, complete[0].Count);
        Assert.All(all, events => Assert.True(events[^1].Ready));
    }

    [Fact]
    public async Task Starts_and_stops_in_any_order_leave_nothing_behind()
    {
        await using var hub = await Hub.CreateAsync();
        hub.SpawnerOptions.PollInterval = 0.01;
        hub.Spawner.OnStart = async (_, cancellationToken) =>
        {
            await Task.Delay(Random.Shared.Next(10), cancellationToken);
            return Random.Shared.Next(5) == 0 ? throw new JupyterHub.Core.Spawning.SpawnException("no luck") : hub.Spawner.Launch();
        };
        var servers = Enumerable.Range(0, 4).Select(number => $"s{number}").ToList();
        var actors = Enumerable.Range(0, 6).Select(actor => Task.Run(async () =>
        {
            for (var round = 0; round < 25; round++)
            {
                var server = servers[Random.Shared.Next(servers.Count)];
                try
                {
                    _ = Random.Shared.Next(4) == 0 ? await hub.StopAsync("ada", server) : await hub.RunAsync("ada", server);
                }
                catch (ServerOperationException)
                {
                    // Refused, because something else was under way.
                }

                if (round % 8 == actor)
                {
                    hub.Spawner.KillAll(1);
                }
            }
        }));
        await Task.WhenAll(actors).WaitAsync(Eventually.Deadline);
        hub.Spawner.OnStart = null;
        foreach (var row in await hub.Database.ListAsync<HubSpawner>())
        {
            await hub.StopAsync("ada", row.Name);
        }

        await Hub.UntilAsync(() => !hub.Supervisor.Statuses.Any(status => status.IsActive));
        Assert.NotEqual(0, hub.Spawner.Starts);
        await hub.AssertNothingLeftAsync();
    }
}
