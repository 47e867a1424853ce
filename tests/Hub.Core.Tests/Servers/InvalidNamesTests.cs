using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>Named servers from before JupyterHub 6 (contract 10).</summary>
public sealed class InvalidNamesTests
{
    private static readonly string[] Old = ["a-b-c", "a-b-c🐧", @"\ a 🐧 -", "$p~c|a! ch@rs", "abc"];

    [Fact]
    public async Task Stopped_servers_get_valid_names_when_that_is_wanted()
    {
        await using var hub = await CreateAsync(InvalidServerNames.AutoRename);

        await SettleAsync(hub);

        var rows = (await hub.Database.ListAsync<HubSpawner>()).OrderBy(row => row.Id).Select(row => (row.Name, row.DisplayName));
        Assert.Equal(
            [
                ("a-b-c", null), ("a-b-c-3d9e03d4", "a-b-c🐧"), ("a", @"\ a 🐧 -"), ("p-c-a-ch-rs", "$p~c|a! ch@rs"), ("abc", null), ("running €", null),
            ],
            rows);
    }

    [Theory]
    [InlineData(InvalidServerNames.AllowStart)]
    [InlineData(InvalidServerNames.AllowDelete)]
    public async Task Otherwise_they_keep_their_names(InvalidServerNames rule)
    {
        await using var hub = await CreateAsync(rule);

        await SettleAsync(hub);

        Assert.Equal([.. Old, "running €"], (await hub.Database.ListAsync<HubSpawner>()).OrderBy(row => row.Id).Select(row => row.Name));
    }

    [Fact]
    public async Task An_old_name_may_be_started_or_only_stopped_and_removed()
    {
        await using var hub = await CreateAsync(InvalidServerNames.AllowStart);
        Assert.Null(await hub.RunAsync(server: "a-b-c🐧"));

        hub.Options.AllowExistingInvalidNamedServers = InvalidServerNames.AllowDelete;
        Assert.Null(await hub.StopAsync(server: "a-b-c🐧"));
        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(server: "a-b-c🐧"));
        Assert.Equal("Starting invalid server_name 'a-b-c🐧' is disabled, contact your administrator", refusal.Message);
        Assert.Null(await Hub.End(await hub.Supervisor.RemoveAsync("ada", "a-b-c🐧", default)));
        Assert.DoesNotContain(await hub.Database.ListAsync<HubSpawner>(), row => row.Name == "a-b-c🐧");
    }

    private static async Task<Hub> CreateAsync(InvalidServerNames rule)
    {
        var hub = await Hub.CreateAsync();
        hub.Options.AllowExistingInvalidNamedServers = rule;
        var owner = (await hub.Database.ListAsync<Users.HubUser>()).Single();
        foreach (var name in Old)
        {
            await hub.Database.AddAsync(new HubSpawner { UserId = owner.Id, Name = name });
        }

        await hub.Database.AddAsync(new HubSpawner { UserId = owner.Id, Name = "running €", Started = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc) });
        return hub;
    }

    private static Task SettleAsync(Hub hub) =>
        new InvalidNames(hub.Database.Hub, hub.Options, NullLogger<InvalidNames>.Instance).SettleAsync(CancellationToken.None);
}
