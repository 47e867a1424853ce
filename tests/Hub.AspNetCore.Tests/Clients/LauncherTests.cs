using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Clients;

/// <summary>The original's documented way to start and stop servers from a script, with its documented scopes: 201, 202 and progress, 204, 202 and asking again.</summary>
public sealed class LauncherTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("lab", true)]
    [InlineData("lab", false)]
    public async Task A_script_starts_a_server_uses_it_and_stops_it(string name, bool isPatient)
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub =>
            {
                hub.AllowNamedServers = true;

                // As the example has it: answer at once, so that the progress is needed.
                (hub.SlowSpawnTimeout, hub.SlowStopTimeout) = isPatient ? (hub.SlowSpawnTimeout, hub.SlowStopTimeout) : (0, 0);
            };

            // A stop that takes its time: the process does not listen to the polite signal.
            setup.Spawner = simple => (simple.InterruptTimeout, simple.Environment["MOCK_MODE"]) = isPatient ? (5, "normal") : (1, "nosigint");
        });
        await host.Data.UserAsync("test-user");
        var token = await host.Data.ServiceTokenAsync("launcher", "servers", "access:servers");
        var address = await StartAsync(host, token, name, isPatient ? 201 : 202);
        using (var used = await host.SendAsync("GET", address + "env", token))
        {
            Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        }

        await StopAsync(host, token, name, isPatient ? 204 : 202);
        using var gone = await host.SendAsync("GET", address + "env", token);
        Assert.NotEqual(HttpStatusCode.OK, gone.StatusCode);

        // And once more, since what is left of the first time must not be in the way.
        await StartAsync(host, token, name, isPatient ? 201 : 202);
        await StopAsync(host, token, name, isPatient ? 204 : 202);
    }

    [Fact]
    public async Task Without_the_scope_it_gets_no_further()
    {
        await using var host = await HubHost.StartAsync();
        await host.Data.UserAsync("test-user");
        var token = await host.Data.ServiceTokenAsync("launcher", "read:servers", "access:servers");
        using var started = await host.SendAsync("POST", "/hub/api/users/test-user/servers/", token);
        await started.ApiErrorAsync(403);
        using var stopped = await host.SendAsync("DELETE", "/hub/api/users/test-user/servers/", token);
        await stopped.ApiErrorAsync(403);
    }

    /// <returns>Path of the server.</returns>
    private static async Task<string> StartAsync(HubHost host, string token, string name, int expected)
    {
        Assert.Null((await UserAsync(host, token))["servers"]![name]);
        using var started = await host.SendAsync("POST", $"/hub/api/users/test-user/servers/{name}", token);
        Assert.Equal(expected, (int)started.StatusCode);
        var server = (await UserAsync(host, token))["servers"]![name]!;
        Assert.True((string?)server["pending"] is not null || (bool)server["ready"]!, server.ToJsonString());

        using var progress = await host.SendAsync("GET", (string)server["progress_url"]!, token);
        Assert.Equal(HttpStatusCode.OK, progress.StatusCode);
        using var events = new EventReader(progress);
        while (await events.NextAsync() is { } step)
        {
            Assert.NotNull(step["progress"]);
            Assert.NotNull(step["message"]);
            if ((bool?)step["ready"] == true)
            {
                return (string)step["url"]!;
            }
        }

        throw new InvalidOperationException("The server never started");
    }

    private static async Task StopAsync(HubHost host, string token, string name, int expected)
    {
        using var stopped = await host.SendAsync("DELETE", $"/hub/api/users/test-user/servers/{name}", token);
        Assert.Equal(expected, (int)stopped.StatusCode);
        await Eventually.TrueAsync("the server has stopped", async () =>
        {
            if ((await UserAsync(host, token))["servers"]![name] is not { } server)
            {
                return true;
            }

            // The script gives up when a server that it waits for is pending no more.
            Assert.Equal((202, "stop"), (expected, (string?)server["pending"]));
            return false;
        });
    }

    private static async Task<JsonObject> UserAsync(HubHost host, string token)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/users/test-user", token);
        return await answer.JsonAsync();
    }
}
