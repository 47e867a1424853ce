using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>Changes of servers that do not run (contract 2.5, PATCH).</summary>
public sealed class RenameTests
{
    [Fact]
    public async Task While_a_server_is_renamed_neither_of_its_names_can_be_used()
    {
        await using var hub = await CreateAsync();
        var go = new TaskCompletionSource();
        var asked = new TaskCompletionSource<(string From, string To)>();
        hub.Spawner.OnRename = (server, newName) =>
        {
            asked.TrySetResult((server.ServerName, newName));
            return go.Task;
        };
        var renaming = RenameAsync(hub, "lab", "bench");
        Assert.Equal(("lab", "bench"), await asked.Task.WaitAsync(Eventually.Deadline));

        Assert.Equal("rename", hub.Status(server: "lab").Pending);
        Assert.Equal("ada:lab is pending rename", (await RefusalAsync(() => hub.StartAsync(server: "lab"))).Message);
        Assert.Equal("ada:bench is pending rename", (await RefusalAsync(() => hub.StartAsync(server: "bench"))).Message);
        Assert.Equal("Cannot stop a server while it is being renamed", (await RefusalAsync(() => hub.StopAsync(server: "lab"))).Message);
        Assert.Equal("Cannot stop a server while it is being renamed", (await RefusalAsync(() => hub.Supervisor.RemoveAsync("ada", "lab", default))).Message);
        Assert.Equal(ServerOperationError.Active, (await RefusalAsync(() => RenameAsync(hub, "lab", "other"))).Kind);

        go.SetResult();
        await renaming;
        Assert.Equal(["bench"], (await hub.Database.ListAsync<HubSpawner>()).Select(row => row.Name));
        Assert.Equal((ServerStatus.Stopped, ServerStatus.Stopped), (hub.Status(server: "lab"), hub.Status(server: "bench")));
        Assert.Empty(hub.Leases.Holders);
        Assert.Null(await hub.RunAsync(server: "bench"));
        Assert.Equal("/user/ada/bench/", hub.Spawner.Requests.Last().ServicePrefix);
        Assert.Equal(["jupyterhub-user-ada-bench"], (await hub.ServerClientsAsync()).Select(client => client.Identifier));
    }

    [Fact]
    public async Task A_name_that_is_taken_meanwhile_is_refused_and_the_spawner_takes_its_part_back()
    {
        await using var hub = await CreateAsync();
        var renamed = new List<(string From, string To)>();
        hub.Spawner.OnRename = async (server, newName) =>
        {
            renamed.Add((server.ServerName, newName));
            if (renamed.Count == 1)
            {
                await hub.Inventory.CreateAsync(new ServerKey("ada", "bench"), ServerChoices.Kept, default);
            }
        };

        var refusal = await RefusalAsync(() => RenameAsync(hub, "lab", "bench"));

        Assert.Equal((ServerOperationError.AlreadyExists, "User ada already has server 'bench'"), (refusal.Kind, refusal.Message));
        Assert.Equal([("lab", "bench"), ("bench", "lab")], renamed);
        Assert.Null(await hub.RunAsync(server: "lab"));
        Assert.Null(await hub.RunAsync(server: "bench"));
    }

    [Fact]
    public async Task A_spawner_that_refuses_leaves_all_as_it_was()
    {
        await using var hub = await CreateAsync();
        hub.Spawner.OnRename = (_, _) => throw new SpawnException("The volume is in use.");

        var failure = await Assert.ThrowsAsync<ServerFailureException>(() => RenameAsync(hub, "lab", "bench"));

        Assert.Equal("The volume is in use.", failure.Message);
        Assert.Equal(["lab"], (await hub.Database.ListAsync<HubSpawner>()).Select(row => row.Name));
        Assert.Null(await hub.RunAsync(server: "lab"));
    }

    [Fact]
    public async Task The_default_server_becomes_a_named_one_and_counts()
    {
        await using var hub = await CreateAsync();
        Assert.Null(await hub.RunAsync(options: new JsonObject { ["size"] = "s" }));
        Assert.Null(await hub.StopAsync());
        hub.Options.NamedServerLimitPerUser = 1;
        Assert.StartsWith("User ada already has the maximum of 1 named servers.  One must", (await RefusalAsync(() => RenameAsync(hub, "", "first"))).Message, StringComparison.Ordinal);

        hub.Options.NamedServerLimitPerUser = 2;
        await RenameAsync(hub, "", "first");
        var row = await hub.RowAsync(server: "first");
        Assert.Equal(("first", "s"), (row.DisplayName, (string)row.UserOptions!["size"]!));

        // There is a default server again, which was never started.
        Assert.Null(await hub.RunAsync());
        Assert.Equal((ServerOperationError.AlreadyExists, "User ada already has a default server"), await KindAsync(() => RenameAsync(hub, "lab", "")));
    }

    [Fact]
    public async Task A_change_is_made_as_a_whole_or_not_at_all()
    {
        await using var hub = await CreateAsync();
        var options = new JsonObject { ["size"] = "l" };

        await Assert.ThrowsAsync<ServerOperationException>(() => ChangeAsync(hub, "lab", new ServerChange { DisplayName = "two  spaces", UserOptions = options }));
        await Assert.ThrowsAsync<ServerOperationException>(() => ChangeAsync(hub, "lab", new ServerChange { Name = "Bad", DisplayName = "Good", UserOptions = options }));
        var row = await hub.RowAsync(server: "lab");
        Assert.Equal(("lab", null), (row.DisplayName, row.UserOptions));

        await ChangeAsync(hub, "lab", new ServerChange { Name = "bench", DisplayName = "My Lab", UserOptions = options });
        row = await hub.RowAsync(server: "bench");
        Assert.Equal(("My Lab", "l"), (row.DisplayName, (string)row.UserOptions!["size"]!));
    }

    [Fact]
    public async Task A_server_that_runs_or_ran_in_another_hub_is_not_changed()
    {
        await using var hub = await CreateAsync();
        Assert.Null(await hub.RunAsync(server: "lab"));
        Assert.Equal((ServerOperationError.Active, "ada:lab is active. Please stop it before modifying it."), await KindAsync(() => RenameAsync(hub, "lab", "bench")));

        await using var next = hub.Next();
        Assert.Equal(ServerOperationError.Active, (await KindAsync(() => ChangeAsync(next, "lab", new ServerChange { DisplayName = "x" }))).Kind);
    }

    [Fact]
    public async Task Of_many_renames_and_starts_at_once_no_server_is_lost_or_doubled()
    {
        await using var hub = await CreateAsync();
        var attempts = Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            try
            {
                if (number % 2 == 0)
                {
                    await RenameAsync(hub, "lab", "bench");
                }
                else
                {
                    await hub.RunAsync(server: "lab");
                }
            }
            catch (ServerOperationException)
            {
                // Somebody else was faster.
            }
        })).ToList();
        await Task.WhenAll(attempts).WaitAsync(Eventually.Deadline);

        var rows = await hub.Database.ListAsync<HubSpawner>();
        Assert.Equal(rows.Count, rows.Select(row => row.Name).Distinct().Count());
        var running = rows.Where(row => row.ServerId is not null).Select(row => row.Name).ToList();
        Assert.Equal(running.Count, hub.Spawner.Running.Count);
        Assert.Equal(running.Select(name => $"/user/ada/{name}/").Order(), hub.Proxy.Routes.Keys.Order());
        foreach (var name in running)
        {
            Assert.Null(await hub.StopAsync(server: name));
        }

        await hub.AssertNothingLeftAsync();
    }

    private static async Task<Hub> CreateAsync()
    {
        var hub = await Hub.CreateAsync();
        await hub.Inventory.CreateAsync(new ServerKey("ada", "lab"), ServerChoices.Kept, default);
        return hub;
    }

    private static Task RenameAsync(Hub hub, string from, string to) => ChangeAsync(hub, from, new ServerChange { Name = to });

    private static Task ChangeAsync(Hub hub, string server, ServerChange change) => hub.Supervisor.ChangeAsync("ada", server, change, default);

    private static Task<ServerOperationException> RefusalAsync(Func<Task> attempt) => Assert.ThrowsAsync<ServerOperationException>(attempt);

    private static async Task<(ServerOperationError Kind, string Message)> KindAsync(Func<Task> attempt)
    {
        var refusal = await RefusalAsync(attempt);
        return (refusal.Kind, refusal.Message);
    }
}
