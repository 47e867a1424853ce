using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Tests.Servers;

public sealed class OwnershipTests
{
    [Fact]
    public async Task A_hub_that_is_told_that_its_lease_is_lost_lets_go_and_kills_nothing()
    {
        await using var hub = await Hub.CreateAsync();
        hub.SpawnerOptions.PollInterval = 0.01;
        Assert.Null(await hub.RunAsync());
        var id = (await hub.RowAsync()).Id;
        hub.Leases.Holders[id] = "other";

        hub.Supervisor.GiveUp(id);

        Assert.Equal(ServerStatus.Stopped, hub.Status());
        Assert.Single(hub.Spawner.Running);
        Assert.Single(hub.Proxy.Routes);
        Assert.Single(await hub.ServerTokensAsync());
        Assert.Equal("other", hub.Leases.Holders[id]);
    }

    [Fact]
    public async Task A_start_whose_lease_is_lost_ends_without_touching_what_it_started()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 503;
        var start = await hub.StartAsync();
        await Hub.UntilAsync(() => !hub.Server.Targets.IsEmpty);
        var id = (await hub.RowAsync()).Id;
        hub.Leases.Holders[id] = "other";

        hub.Supervisor.GiveUp(id);

        Assert.Equal(ServerFailureReason.OwnershipLost, (await Hub.End(start))!.Reason);
        Assert.Single(hub.Spawner.Running);
        Assert.Equal(0, hub.Spawner.Stops);
        Assert.Single(await hub.ServerTokensAsync());
    }

    [Fact]
    public async Task A_hub_that_was_overtaken_without_noticing_writes_nothing_any_more()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        var row = await hub.RowAsync();
        hub.Leases.Holders[row.Id] = "other";

        await hub.StopAsync();

        Assert.Single(await hub.ServerTokensAsync());
        Assert.Equal(row.ServerId, (await hub.RowAsync()).ServerId);
        Assert.Equal("other", hub.Leases.Holders[row.Id]);
        Assert.Equal(0, hub.Spawner.Stops);
        Assert.Single(hub.Proxy.Routes);
    }

    [Fact]
    public async Task A_start_is_refused_while_another_hub_has_the_lease()
    {
        await using var hub = await Hub.CreateAsync();
        await hub.Database.AddSpawnerAsync((await hub.Database.ListAsync<Users.HubUser>()).Single());
        hub.Leases.Holders[(await hub.RowAsync()).Id] = "other";

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync());

        Assert.Equal(ServerOperationError.OwnedElsewhere, refusal.Kind);
        await Hub.UntilAsync(() => hub.Status() == ServerStatus.Stopped);
        Assert.Empty(await hub.ServerTokensAsync());
    }
}
