using JupyterHub.Client.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Tests.Http;

public sealed class ProgressTests
{
    [Fact]
    public async Task Events_come_as_they_are_sent_and_keep_alives_are_passed_over()
    {
        await using var hub = await FakeHub.StartAsync(context => StreamAsync(
            context, "\n", "data: {\"progress\": 0, \"mess", "age\": \"Server requested\"}\n\n\n\nda", "ta: {\"progress\": 50}\r\n\n", "data: {\"progress\": 100, \"ready\": true, \"url\": \"/user/ada/\"}\n\n", "data: {}\n"));

        var steps = await hub.Client().Servers.WatchProgressAsync("ada", "lab").ToListAsync();

        Assert.Equal([0, 50, 100], steps.Select(step => step.Progress));
        Assert.Equal("/user/ada/", steps[^1].Url);
        Assert.Equal(["GET /hub/api/users/ada/servers/lab/progress"], hub.Requests);
    }

    [Fact]
    public async Task Waiting_survives_a_stream_that_ends_early()
    {
        var calls = 0;
        await using var hub = await FakeHub.StartAsync(context => StreamAsync(context, ++calls == 1 ? "data: {\"progress\": 0}\n\n" : "data: {\"ready\": true}\n\n"));

        Assert.True((await hub.Client().Servers.WaitUntilReadyAsync("ada")).Ready);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_failed_start_says_why()
    {
        await using var hub = await FakeHub.StartAsync(context => StreamAsync(context, "data: {\"failed\": true, \"message\": \"Spawn failed: no\\nroom\"}\n\n"));

        var failure = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Servers.WaitUntilReadyAsync("ada"));

        Assert.Equal("Spawn failed: no room", failure.Message);
    }

    [Theory]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: null\n\n")]
    public async Task What_is_no_event_is_an_error(string text)
    {
        await using var hub = await FakeHub.StartAsync(context => StreamAsync(context, text));

        await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Servers.WaitUntilReadyAsync("ada"));
    }

    [Fact]
    public async Task A_line_without_end_is_not_kept()
    {
        await using var hub = await FakeHub.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 10_000));
            }
        });

        await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Servers.WatchProgressAsync("ada").ToListAsync().AsTask());
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_given_up()
    {
        await using var hub = await FakeHub.StartAsync(async context =>
        {
            await context.Response.WriteAsync("data: {}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        await Assert.ThrowsAsync<JupyterHubException>(() =>
            hub.Client(options => options.Timeout = TimeSpan.FromMilliseconds(300)).Servers.WatchProgressAsync("ada").ToListAsync().AsTask());
    }

    private static async Task StreamAsync(HttpContext context, params string[] parts)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var part in parts)
        {
            await context.Response.WriteAsync(part);
            await context.Response.Body.FlushAsync();
        }
    }
}
