using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Tests.Servers;

namespace JupyterHub.Core.Tests.Spawning;

/// <summary>Starts of a spawner that declares options, and of one that does not.</summary>
public sealed class StartWithOptionsTests : IAsyncLifetime
{
    private Hub hub = null!;

    public async Task InitializeAsync() => hub = await Hub.CreateAsync();

    public Task DisposeAsync() => hub.DisposeAsync().AsTask();

    [Fact]
    public async Task Choices_are_checked_stored_and_completed()
    {
        hub.SpawnerOptions.Options = [new() { Name = "memory", Kind = StartOptionKind.Integer, Minimum = 1, Maximum = 64, Default = 4 }, new() { Name = "image", Default = "base" }];
        foreach (var wrong in new[] { """{"memory": 99}""", """{"memory": "8"}""", """{"docker": "evil"}""", """{"memory": 8, "docker": 1}""" })
        {
            var refused = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(options: Json(wrong)));
            Assert.Equal(ServerOperationError.InvalidOptions, refused.Kind);
            Assert.NotEmpty(refused.OptionProblems);
        }

        Assert.Empty(await hub.Database.ListAsync<HubSpawner>());
        Assert.Null(await hub.RunAsync(options: Json("""{"memory": 8}""")));
        Assert.Equal("""{"memory":8,"image":"base"}""", Last());
        Assert.Equal("""{"memory":8}""", await SavedAsync());

        await hub.StopAsync();
        Assert.Null(await hub.RunAsync());
        Assert.Equal("""{"memory":8,"image":"base"}""", Last());
        await hub.StopAsync();
        Assert.Null(await hub.RunAsync(options: []));
        Assert.Equal("""{"memory":4,"image":"base"}""", Last());
    }

    [Fact]
    public async Task What_was_chosen_once_and_is_not_possible_any_more_gives_way_with_a_word()
    {
        var memory = new StartOption { Name = "memory", Kind = StartOptionKind.Integer, Minimum = 1, Maximum = 64, Default = 4 };
        hub.Spawner.OnOptions = _ => [memory, new() { Name = "image" }];
        Assert.Null(await hub.RunAsync(options: Json("""{"memory": 60, "image": "x"}""")));
        await hub.StopAsync();
        memory.Maximum = 16;
        hub.Spawner.OnOptions = _ => [memory];
        var gate = new TaskCompletionSource();
        hub.Spawner.OnStart = async (_, token) =>
        {
            await gate.Task.WaitAsync(token);
            return hub.Spawner.Launch();
        };
        var start = await hub.StartAsync();
        var told = hub.Supervisor.ProgressOf("ada", "").Select(step => step.Message).ToList();
        gate.SetResult();
        Assert.Null(await start.Completion);
        Assert.Equal("""{"memory":4}""", Last());
        Assert.Equal("{}", await SavedAsync());
        Assert.Contains(told, message => message.Contains("memory", StringComparison.Ordinal));
        Assert.Contains(told, message => message.Contains("image", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_needed_is_asked_for_at_the_start_and_not_before()
    {
        hub.SpawnerOptions.Options = [new() { Name = "project", Required = true }, new() { Name = "size" }];
        await hub.Inventory.CreateAsync(new ServerKey("ada", "lab"), new ServerChoices(UserOptions: Json("""{"size": "s"}""")), default);
        var refused = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(server: "lab"));
        Assert.Contains("Option 'project': a value is needed.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ServerOperationException>(() => hub.Inventory.CreateAsync(new ServerKey("ada", "two"), new ServerChoices(UserOptions: Json("""{"nope": 1}""")), default));
        await Assert.ThrowsAsync<ServerOperationException>(() => hub.Supervisor.ChangeAsync("ada", "lab", new ServerChange { UserOptions = Json("""{"nope": 1}""") }, default));
        await hub.Supervisor.ChangeAsync("ada", "lab", new ServerChange { UserOptions = Json("""{"project": "p"}""") }, default);
        Assert.Null(await hub.RunAsync(server: "lab"));
        Assert.Equal("""{"project":"p"}""", Last());
    }

    [Fact]
    public async Task A_spawner_that_declares_none_stores_what_is_sent()
    {
        hub.SpawnerOptions.EnvironmentFromOptions["SIZE"] = "size";
        Assert.Null(await hub.RunAsync(options: Json("""{"anything": [1, {"a": null}], "size": 3}""")));
        Assert.Equal("""{"anything":[1,{"a":null}],"size":3}""", Last());
        Assert.Equal(Last(), await SavedAsync());
    }

    [Fact]
    public async Task An_empty_declaration_refuses_everything()
    {
        hub.SpawnerOptions.Options = [];
        await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(options: Json("""{"a": 1}""")));
        Assert.Null(await hub.RunAsync(options: []));
    }

    [Fact]
    public async Task Code_declares_by_owner_group_and_server_and_the_configuration_goes_before_it()
    {
        var asked = new List<StartOptionsContext>();
        hub.Spawner.OnOptions = context =>
        {
            asked.Add(context);
            return context.Groups.Contains("physics") ? [new() { Name = "gpu", Kind = StartOptionKind.Boolean }, new() { Name = "image", Default = "code" }] : [];
        };
        await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(options: Json("""{"gpu": true}""")));
        var group = new HubGroup { Name = "physics" };
        await hub.Database.AddAsync(group);
        var ada = Assert.Single(await hub.Database.ListAsync<Core.Users.HubUser>());
        await hub.Database.AddAsync(new UserGroup { GroupId = group.Id, UserId = ada.Id });
        hub.SpawnerOptions.Options = [new() { Name = "image", Default = "configured" }, new() { Name = "more" }];
        await using var next = hub.Next();
        next.SpawnerOptions.Options = hub.SpawnerOptions.Options;
        Assert.Null(await next.RunAsync(server: "lab", options: Json("""{"gpu": true, "more": "m"}""")));
        Assert.Equal("""{"gpu":true,"image":"configured","more":"m"}""", Last());
        Assert.Equal(new StartOptionsContext("ada", "lab", false, asked[^1].Groups), asked[^1]);
        Assert.Equal(["physics"], asked[^1].Groups);
    }

    [Fact]
    public async Task A_spawner_may_refuse_in_its_own_words()
    {
        hub.Spawner.OnOptions = _ => throw new SpawnException("No servers on Sundays.");
        var refused = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync());
        Assert.Equal("No servers on Sundays.", refused.Message);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private string Last() => hub.Spawner.Requests.Last().UserOptions.ToJsonString();

    private async Task<string> SavedAsync() => (await hub.Database.ListAsync<HubSpawner>()).Single().UserOptions!.ToJsonString();
}
