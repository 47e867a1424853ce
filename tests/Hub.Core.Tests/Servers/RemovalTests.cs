using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>Named servers that are removed, by themselves or with their owner, against those who start them.</summary>
public sealed class RemovalTests
{
    [Fact]
    public async Task A_removal_is_the_last_part_of_a_stop_that_is_under_way()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync(server: "lab"));
        var go = new TaskCompletionSource();
        hub.Spawner.OnStop = _ => go.Task;
        var stop = await hub.Supervisor.StopAsync("ada", "lab", default);

        var removal = await hub.Supervisor.RemoveAsync("ada", "lab", default);
        Assert.Same(stop, removal);
        Assert.Equal("stop", hub.Status(server: "lab").Pending);

        go.SetResult();
        Assert.Null(await Hub.End(removal));
        Assert.Empty(await hub.Database.ListAsync<HubSpawner>());
        await hub.AssertNothingLeftAsync();
        Assert.Equal(ServerOperationError.NotFound, (await Assert.ThrowsAsync<ServerOperationException>(() => hub.Supervisor.RemoveAsync("ada", "lab", default))).Kind);
    }

    [Fact]
    public async Task A_removal_cancels_a_start()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 503;
        var start = await hub.StartAsync(server: "lab");
        await Hub.UntilAsync(() => !hub.Server.Targets.IsEmpty);

        Assert.Null(await Hub.End(await hub.Supervisor.RemoveAsync("ada", "lab", default)));

        Assert.Equal(ServerFailureReason.Cancelled, (await Hub.End(start))!.Reason);
        Assert.Empty(await hub.Database.ListAsync<HubSpawner>());
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_cannot_be_stopped_is_not_removed()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync(server: "lab"));
        hub.Spawner.OnStop = _ => throw new InvalidOperationException("no");

        Assert.Equal(ServerFailureReason.StopFailed, (await Hub.End(await hub.Supervisor.RemoveAsync("ada", "lab", default)))!.Reason);
        Assert.True(hub.Status(server: "lab").IsReady);

        // The next stop is a stop only.
        hub.Spawner.OnStop = null;
        Assert.Null(await hub.StopAsync(server: "lab"));
        Assert.Single(await hub.Database.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task A_failure_is_forgotten_with_its_server()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = (_, _) => throw new Core.Spawning.SpawnException("No room.");
        Assert.Equal("No room.", (await hub.RunAsync(server: "lab"))!.Message);
        Assert.NotNull(hub.Status(server: "lab").Failure);

        Assert.Null(await Hub.End(await hub.Supervisor.RemoveAsync("ada", "lab", default)));
        Assert.Equal(ServerStatus.Stopped, hub.Status(server: "lab"));
    }

    [Fact]
    public async Task Many_starts_and_removals_at_once_leave_nothing_doubled_and_nothing_behind()
    {
        await using var hub = await Hub.CreateAsync();
        var attempts = Enumerable.Range(0, 100).Select(number => Task.Run(async () =>
        {
            try
            {
                Func<Task> act = (number % 3) switch
                {
                    0 => async () => await hub.RunAsync(server: "lab"),
                    1 => async () => await Hub.End(await hub.Supervisor.RemoveAsync("ada", "lab", default)),
                    _ => () => hub.Inventory.CreateAsync(new ServerKey("ada", "lab"), ServerChoices.Kept, default),
                };
                await act();
            }
            catch (ServerOperationException)
            {
                // Somebody else was faster.
            }
        })).ToList();
        await Task.WhenAll(attempts).WaitAsync(Eventually.Deadline);

        var rows = await hub.Database.ListAsync<HubSpawner>();
        Assert.InRange(rows.Count, 0, 1);
        Assert.Equal(rows.Count(row => row.ServerId is not null), hub.Spawner.Running.Count);
        if (rows.Count == 1)
        {
            Assert.Null(await Hub.End(await hub.Supervisor.RemoveAsync("ada", "lab", default)));
        }

        Assert.Empty(await hub.Database.ListAsync<HubSpawner>());
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Many_starts_of_different_servers_do_not_pass_the_owners_limit_together()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Options.NamedServerLimitPerUser = 3;
        var refusals = 0;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(async () =>
        {
            try
            {
                await hub.RunAsync(server: $"s{number}");
            }
            catch (ServerOperationException refusal) when (refusal.Kind == ServerOperationError.AgainstRules)
            {
                Interlocked.Increment(ref refusals);
            }
        }))).WaitAsync(Eventually.Deadline);

        Assert.Equal((3, 27), ((await hub.Database.ListAsync<HubSpawner>()).Count, refusals));
        Assert.Equal(3, hub.Spawner.Running.Count);
    }

    [Fact]
    public async Task A_start_whose_owner_is_deleted_meanwhile_ends_without_a_process()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = async (_, _) =>
        {
            var server = hub.Spawner.Launch();
            await hub.Database.Hub.WriteAsync(
                async (db, token) =>
                {
                    foreach (var user in db.Users.Where(row => row.Name == "ada").ToList())
                    {
                        db.Users.Remove(user);
                    }

                    await db.SaveChangesAsync(token);
                    return true;
                },
                CancellationToken.None);
            return server;
        };

        var failure = await hub.RunAsync(server: "lab");

        Assert.Equal("ada:lab was deleted while it was being started.", failure!.Message);
        Assert.Empty(await hub.Database.ListAsync<HubUser>());
        Assert.Empty(hub.Spawner.Running);
        Assert.Empty(hub.Proxy.Routes);
    }

    [Fact]
    public async Task A_running_server_whose_row_is_deleted_is_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync(server: "lab"));
        var id = hub.Supervisor.Running.Single().SpawnerId;
        await hub.Database.Hub.WriteAsync((db, _) => Task.FromResult(db.Spawners.Remove(db.Spawners.Single())), CancellationToken.None);

        await hub.Supervisor.LoseAsync(id, default);

        await Hub.UntilAsync(() => hub.Spawner.Running.Count == 0 && !hub.Status(server: "lab").IsActive);
        Assert.Empty(hub.Proxy.Routes);
    }
}
