using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Start options over the REST API: described to whoever may start the server, and nothing else accepted.</summary>
public sealed class SpawnOptionsApiTests : IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup =>
    {
        setup.Hub = hub => hub.AllowNamedServers = true;
        setup.Spawner = Declare;
    });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Whoever_may_start_a_server_may_see_its_options()
    {
        await host.Data.UserAsync("ada");
        await host.Data.UserAsync("ben");
        var own = await host.Data.UserTokenAsync("ada");
        var schema = await SchemaAsync("", own);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string)schema["$schema"]!);
        Assert.Equal(64, (int)schema["properties"]!["memory"]!["maximum"]!);
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.True(JsonNode.DeepEquals(schema, await SchemaAsync("?user=ada&server=new-one", own)));
        Assert.True(JsonNode.DeepEquals(schema, await SchemaAsync("?user=ben", await host.Data.UserTokenAsync("root"))));
        await RefusedAsync("?user=ben", own, 404);
        await RefusedAsync("?user=nobody", own, 404);
        await RefusedAsync("?user=nobody", await host.Data.UserTokenAsync("root"), 404);
        await RefusedAsync("", await host.Data.UserTokenAsync("ada", "read:servers"), 403);
        await RefusedAsync("", null, 403);
        var narrow = await host.Data.UserTokenAsync("ada", "start:servers!server=ada/lab");
        await SchemaAsync("?server=lab", narrow);
        await RefusedAsync("", narrow, 404);
        var service = await host.Data.ServiceTokenAsync("starter", "start:servers");
        await RefusedAsync("", service, 400);
        await SchemaAsync("?user=ben", service);
    }

    [Theory]
    [InlineData("""{"memory": 99}""", "Option 'memory': 99 was given. Allowed is a whole number from 1 to 64.")]
    [InlineData("""{"user_options": {"memory": "8"}}""", "Option 'memory': '8' was given.")]
    [InlineData("""{"docker_image": "evil"}""", "There is no option 'docker_image'. Options of this server are: memory, mode, project.")]
    [InlineData("""{"user_options": {"mode": ["normal"]}}""", "Option 'mode': a list was given. Allowed is one of these: normal, exit.")]
    [InlineData("""{"user_options": {}}""", "Option 'project': a value is needed.")]
    [InlineData("", "Option 'project': a value is needed.")]
    [InlineData("""{"user_options": {"project": "p", "Memory": 5, "mode": "deaf"}}""", "There is no option 'Memory'.")]
    public async Task A_start_with_anything_else_is_refused_by_name(string body, string said)
    {
        var token = await host.Data.UserTokenAsync("refused");
        foreach (var path in new[] { "server", "servers/lab" })
        {
            using var answer = await host.SendAsync("POST", $"/hub/api/users/refused/{path}", token, body.Length == 0 ? null : Answers.Json(body));
            Assert.Contains(said, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        }

        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task A_refusal_repeats_little_of_what_was_sent()
    {
        var token = await host.Data.UserTokenAsync("ada");
        var many = string.Join(',', Enumerable.Range(0, 5000).Select(number => $"\"{new string('k', 100)}{number}\\r\\n\": \"{new string('v', 50)}\""));
        using var answer = await host.SendAsync("POST", "/hub/api/users/ada/server", token, Answers.Json($"{{{many}}}"));
        var said = await answer.ApiErrorAsync(400);
        Assert.True(said.Length < 1000, said);
        Assert.DoesNotContain('\r', said);
    }

    [Fact]
    public async Task Choices_reach_the_server_as_text_and_the_hub_as_they_are_typed()
    {
        var token = await host.Data.UserTokenAsync("ada");
        using var made = await host.SendAsync("PUT", "/hub/api/users/ada/servers/lab", token, Answers.Json("""{"user_options": {"memory": 8.0}}"""));
        Assert.Equal("""{"memory":8}""", (await made.JsonAsync())["user_options"]!.ToJsonString());
        using var wrong = await host.SendAsync("PUT", "/hub/api/users/ada/servers/two", token, Answers.Json("""{"user_options": {"memory": 0}}"""));
        await wrong.ApiErrorAsync(400);
        using var unchanged = await host.SendAsync("PATCH", "/hub/api/users/ada/servers/lab", token, Answers.Json("""{"user_options": {"nope": 1}, "display_name": "Other"}"""));
        await unchanged.ApiErrorAsync(400);
        using var changed = await host.SendAsync("PATCH", "/hub/api/users/ada/servers/lab", token, Answers.Json("""{"user_options": {"project": "physics", "memory": 16}}"""));
        Assert.Equal("lab", (string)(await changed.JsonAsync())["display_name"]!);
        using var started = await host.SendAsync("POST", "/hub/api/users/ada/servers/lab", token);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        using var environment = await host.SendAsync("GET", "/user/ada/lab/env", token);
        var variables = await environment.JsonAsync();
        Assert.Equal("16", (string)variables["MEMORY_GB"]!);
        Assert.Equal("normal", (string)variables["MOCK_MODE"]!);
        Assert.Equal("physics", (string)variables["PROJECT"]!);
        using var model = await host.SendAsync("GET", "/hub/api/users/ada/servers/lab", token);
        Assert.Equal("""{"project":"physics","memory":16}""", (await model.JsonAsync())["user_options"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_declarations_any_object_is_described_and_stored()
    {
        await using var plain = await HubHost.StartAsync();
        var token = await plain.Data.UserTokenAsync("ada");
        using var described = await plain.SendAsync("GET", "/hub/api/spawn-options", token);
        var schema = await described.JsonAsync();
        Assert.Null(schema["additionalProperties"]);
        Assert.Null(schema["properties"]);
        using var started = await plain.SendAsync("POST", "/hub/api/users/ada/server", token, Answers.Json("""{"anything": {"a": [1, null]}}"""));
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        Assert.Equal("""{"anything":{"a":[1,null]}}""", Assert.Single(await plain.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
    }

    internal static void Declare(SimpleSpawnerOptions simple)
    {
        simple.Options =
        [
            new() { Name = "memory", Label = "Memory", Unit = "GB", Kind = StartOptionKind.Integer, Minimum = 1, Maximum = 64, Default = 4 },
            new() { Name = "mode", Kind = StartOptionKind.Choice, Default = "normal", Choices = [new() { Value = "normal" }, new() { Value = "exit" }] },
            new() { Name = "project", Required = true, MaxLength = 20 },
        ];
        simple.EnvironmentFromOptions["MEMORY_GB"] = "memory";
        simple.EnvironmentFromOptions["PROJECT"] = "project";
    }

    private async Task<JsonObject> SchemaAsync(string query, string token)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/spawn-options" + query, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private async Task RefusedAsync(string query, string? token, int status)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/spawn-options" + query, token);
        await answer.ApiErrorAsync(status);
    }
}
