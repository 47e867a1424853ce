using System.Diagnostics;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Sqlite.Tests.Hosting;

public sealed class ServerLeasesTests
{
    private static readonly HubIdentity ThisProcess = HubIdentity.ForThisProcess();

    [Fact]
    public async Task Of_many_that_want_one_server_exactly_one_gets_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");
        var second = await database.OpenAnotherAsync();
        await using var one = Hub.Of(database.Hub, database.Time, ThisProcess);
        await using var two = Hub.Of(second, database.Time, ThisProcess with { Id = "two" });
        await one.Registry.StartAsync(CancellationToken.None);
        await two.Registry.StartAsync(CancellationToken.None);

        for (var round = 0; round < 20; round++)
        {
            var spawner = await database.AddSpawnerAsync(user, $"server-{round}");
            using var gate = new Barrier(2);
            var results = await Task.WhenAll(new[] { one, two }.Select(hub => Task.Run(async () =>
            {
                Assert.True(gate.SignalAndWait(Eventually.Deadline));
                return await hub.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None);
            })));
            Assert.Single(results, won => won);
        }

        var held = await one.Leases.ListHeldAsync(CancellationToken.None);
        var others = await two.Leases.ListHeldAsync(CancellationToken.None);
        Assert.Equal(20, held.Count + others.Count);
        Assert.Empty(held.Intersect(others));
    }

    [Fact]
    public async Task A_live_hub_keeps_what_it_has_for_as_long_as_it_renews()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var spawner = await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        await using var one = Hub.Of(database.Hub, time, ThisProcess);
        await using var two = Hub.Of(database.Hub, time, ThisProcess with { Id = "two" });
        await one.Registry.StartAsync(CancellationToken.None);
        Assert.True(await one.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
        Assert.True(await one.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));

        for (var beat = 0; beat < 12; beat++)
        {
            time.Advance(LeaseTimes.RenewEvery);
            await Eventually.TrueAsync(async () => (await database.ListAsync<ServerLease>())[0].ExpiresAt == time.GetHubTime() + LeaseTimes.Length);
            Assert.False(await two.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
        }

        Assert.True(await database.Hub.ReadAsync((context, cancel) => one.Leases.HoldsAsync(context, spawner.Id, cancel), CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_that_ran_out_can_be_taken_and_the_loser_learns_it()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var spawner = await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        await using var one = Hub.Of(database.Hub, time, ThisProcess);
        await using var two = Hub.Of(database.Hub, time, ThisProcess with { Id = "two" });
        Assert.True(await one.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));

        time.Advance(LeaseTimes.Length - TimeSpan.FromTicks(10));
        Assert.False(await two.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
        var version = database.Hub.ChangeVersion;
        time.Advance(TimeSpan.FromTicks(10));
        Assert.True(await two.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));

        Assert.NotEqual(version, database.Hub.ChangeVersion);
        await one.Registry.RenewAsync(CancellationToken.None);
        Assert.Empty(await one.Leases.ListHeldAsync(CancellationToken.None));
        await one.Leases.ReleaseAsync(spawner.Id, CancellationToken.None);
        Assert.Equal("two", Assert.Single(await database.ListAsync<ServerLease>()).InstanceId);
        Assert.False(await one.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_servers_of_a_process_that_was_killed_are_taken_over_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var spawner = await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        using var process = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        var identity = ThisProcess with { Id = "killed", Pid = process.Id, PidStartTime = ProcessTable.StartTimeOf(process.Id)!.Value };
        await using var killed = Hub.Of(database.Hub, database.Time, identity);
        await using var mine = Hub.Of(database.Hub, database.Time, ThisProcess);
        Assert.True(await killed.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
        Assert.False(await mine.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));

        process.Kill();
        await process.WaitForExitAsync();

        Assert.True(await mine.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("another process with the same number", true)]
    [InlineData("another boot", true)]
    [InlineData("another container of this boot", false)]
    [InlineData("another machine", false)]
    [InlineData("a machine that says nothing", false)]
    [InlineData("this process", false)]
    public async Task Whether_a_holder_is_dead_is_believed_only_where_it_can_be_known(string holder, bool dead)
    {
        var identity = holder switch
        {
            "another process with the same number" => ThisProcess with { PidStartTime = ThisProcess.PidStartTime - 1 },
            "another boot" => ThisProcess with { BootId = "11111111-1111-1111-1111-111111111111/4026531836" },
            "another container of this boot" => ThisProcess with { BootId = ThisProcess.BootId.Split('/')[0] + "/1", Pid = int.MaxValue },
            "another machine" => ThisProcess with { Host = "elsewhere", BootId = "x/1", Pid = int.MaxValue },
            "a machine that says nothing" => ThisProcess with { BootId = "", Pid = int.MaxValue },
            _ => ThisProcess,
        };
        await using var database = await TestDatabase.CreateAsync(new FakeTime());
        var spawner = await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        await using var theirs = Hub.Of(database.Hub, database.Time, identity with { Id = "holder" });
        await using var mine = Hub.Of(database.Hub, database.Time, ThisProcess);
        Assert.True(await theirs.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));

        Assert.Equal(dead, await mine.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_hub_that_starts_forgets_the_dead_and_one_that_stops_leaves_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(new FakeTime());
        var spawner = await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        await using var dead = Hub.Of(database.Hub, database.Time, ThisProcess with { Id = "dead", PidStartTime = 1 });
        await dead.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None);
        await using var mine = Hub.Of(database.Hub, database.Time, ThisProcess);

        await mine.Registry.StartAsync(CancellationToken.None);
        var row = Assert.Single(await database.ListAsync<HubInstance>());
        Assert.Equal((ThisProcess.Id, Environment.ProcessId), (row.Id, row.Pid));
        Assert.Empty(await database.ListAsync<ServerLease>());

        await mine.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None);
        await mine.Registry.StopAsync(CancellationToken.None);
        Assert.Empty(await database.ListAsync<HubInstance>());
        Assert.Empty(await database.ListAsync<ServerLease>());
    }

    [Fact]
    public async Task Heartbeats_leave_the_counter_alone()
    {
        var time = new FakeTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var spawner = await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        await using var mine = Hub.Of(database.Hub, time, ThisProcess);
        await mine.Registry.StartAsync(CancellationToken.None);
        await mine.Leases.TryAcquireAsync(spawner.Id, CancellationToken.None);
        var version = database.Hub.ChangeVersion;

        await mine.Registry.RenewAsync(CancellationToken.None);

        Assert.Equal(version, database.Hub.ChangeVersion);
    }

    [Fact]
    public async Task What_is_recorded_with_a_lease_stands_or_falls_with_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");
        await using var mine = Hub.Of(database.Hub, database.Time, ThisProcess);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                var spawner = context.Spawners.Add(new HubSpawner { UserId = user.Id, Name = "x" }).Entity;
                await context.SaveChangesAsync(cancel);
                Assert.True(await mine.Leases.TryAcquireAsync(context, spawner.Id, cancel));
                throw new InvalidOperationException();
            },
            CancellationToken.None));

        Assert.Empty(await database.ListAsync<ServerLease>());
        Assert.Empty(await database.ListAsync<HubSpawner>());
    }

    private sealed class Hub : IAsyncDisposable
    {
        public required HubInstanceRegistry Registry { get; init; }

        public required ServerLeases Leases { get; init; }

        public static Hub Of(IHubDatabase database, TimeProvider time, HubIdentity identity)
        {
            var registry = new HubInstanceRegistry(database, identity, time, NullLogger<HubInstanceRegistry>.Instance);
            return new Hub { Registry = registry, Leases = new ServerLeases(database, registry, time, NullLogger<ServerLeases>.Instance) };
        }

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
