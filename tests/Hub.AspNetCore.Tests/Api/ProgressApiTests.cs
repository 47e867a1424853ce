using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Progress of starts (contract 2.6).</summary>
public sealed class ProgressApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_running_server_has_one_event()
    {
        var token = await Host.Data.UserTokenAsync("running");
        await Host.StartServerAsync("running");
        using var answer = await Host.SendAsync("GET", "/hub/api/users/running/servers//progress", token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        using var events = new EventReader(answer);
        var only = Assert.Single(await events.RestAsync());
        Assert.Equal(100, (int)only["progress"]!);
        Assert.True((bool)only["ready"]!);
        Assert.Equal("/user/running/", (string)only["url"]!);
        Assert.Equal("Server ready at /user/running/", (string)only["message"]!);
        Assert.Equal("Server ready at <a href=\"/user/running/\">/user/running/</a>", (string)only["html_message"]!);
    }

    [Fact]
    public async Task Listeners_who_come_early_and_late_see_the_same()
    {
        var token = await Host.Data.UserTokenAsync("listened");
        var gate = Path.Combine(Host.Folder, "listened.gate");
        var operation = await Host.Get<ServerSupervisor>().StartAsync("listened", "", new(UserOptions: new() { ["mode"] = $"gate:{gate}" }), CancellationToken.None);
        using var early = new EventReader(await Host.SendAsync("GET", "/hub/api/users/listened/server/progress", token));
        var first = await early.NextAsync();
        Assert.Equal("Server requested", (string)first!["message"]!);
        Assert.Equal(0, (int)first["progress"]!);
        using var late = new EventReader(await Host.SendAsync("GET", "/hub/api/users/listened/server/progress", token));
        var firstLate = await late.NextAsync();
        await File.WriteAllTextAsync(gate, "");
        List<JsonObject> seenLate = [firstLate!, .. await late.RestAsync()];
        List<string> seenEarly = [first.ToJsonString(), .. (await early.RestAsync()).Select(step => step.ToJsonString())];
        Assert.Equal(seenEarly, seenLate.Select(step => step.ToJsonString()));
        Assert.True((bool)seenLate[^1]["ready"]!);
        Assert.Null(await operation.Completion);
    }

    [Fact]
    public async Task A_failed_start_is_told_with_200_and_can_be_read_afterwards()
    {
        var token = await Host.Data.UserTokenAsync("failed");
        var operation = await Host.Get<ServerSupervisor>().StartAsync("failed", "", new(UserOptions: new() { ["mode"] = "exit" }), CancellationToken.None);
        Assert.NotNull(await operation.Completion.WaitAsync(Eventually.Deadline));
        for (var round = 0; round < 2; round++)
        {
            using var answer = await Host.SendAsync("GET", "/hub/api/users/failed/server/progress", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var events = new EventReader(answer);
            var last = (await events.RestAsync())[^1];
            Assert.True((bool)last["failed"]!);
            Assert.StartsWith("Spawn failed: ", (string)last["message"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_idle_server_has_no_progress()
    {
        var token = await Host.Data.UserTokenAsync("idle");
        using var answer = await Host.SendAsync("GET", "/hub/api/users/idle/server/progress", token);
        Assert.Contains("is not starting...", await answer.ApiErrorAsync(400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_passes_its_token_in_the_query()
    {
        var browser = await Host.SignInAsync("scripted");
        await Host.StartServerAsync("scripted");
        using var without = await browser.GetAsync("/hub/api/users/scripted/server/progress", ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal("'_xsrf' argument missing from GET", await without.ApiErrorAsync(403));
        using var with = await browser.GetAsync($"/hub/api/users/scripted/server/progress?_xsrf={browser.Cookie("_xsrf")}", ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Fact]
    public async Task A_silent_start_is_kept_alive()
    {
        var time = new FakeTime();
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(time);
            // The clock runs a thousand times as fast as any other, also while everybody else waits for a processor.
            setup.Spawner = simple => simple.HttpTimeout = simple.StartTimeout = 4_000_000;
        });
        var token = await host.Data.UserTokenAsync("ada");
        await host.Get<ServerSupervisor>().StartAsync("ada", "", new(UserOptions: new() { ["mode"] = "deaf" }), CancellationToken.None);
        using var events = new EventReader(await host.SendAsync("GET", "/hub/api/users/ada/server/progress", token));
        await events.NextAsync();
        using var done = new CancellationTokenSource();
        var clock = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1);
            }
        });
        var rest = events.RestAsync();
        await Eventually.TrueAsync(() => events.KeepAlives >= 4);
        var stop = host.Get<ServerSupervisor>().StopAsync("ada", "", CancellationToken.None);
        var last = (await rest)[^1];
        Assert.Equal("Spawn cancelled", (string)last["message"]!);
        await (await stop).Completion;
        await done.CancelAsync();
        await clock;
    }

    [Fact]
    public async Task Listeners_who_leave_and_a_hub_that_goes_down_are_no_errors()
    {
        var logs = new CapturedLogs();
        var host = await HubHost.StartAsync(setup =>
        {
            setup.Logs = logs;
            setup.Spawner = simple => simple.InterruptTimeout = 1;
        });
        var token = await host.Data.UserTokenAsync("ada");
        await host.Get<ServerSupervisor>().StartAsync("ada", "", new(UserOptions: new() { ["mode"] = "deaf" }), CancellationToken.None);
        for (var round = 0; round < 10; round++)
        {
            using var leaving = new EventReader(await host.SendAsync("GET", "/hub/api/users/ada/server/progress", token));
            Assert.NotNull(await leaving.NextAsync());
        }

        using var staying = new EventReader(await host.SendAsync("GET", "/hub/api/users/ada/server/progress", token));
        Assert.NotNull(await staying.NextAsync());
        var rest = staying.RestAsync();
        await host.DisposeAsync();
        Assert.True((bool)(await rest)[^1]["failed"]!);
        Assert.DoesNotContain(logs.Lines, line => line.Level >= LogLevel.Error);
    }
}
