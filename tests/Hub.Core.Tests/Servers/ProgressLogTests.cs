using System.Text.Json;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Tests.Servers;

public sealed class ProgressLogTests
{
    [Fact]
    public async Task A_spawner_that_talks_without_end_costs_bounded_memory_and_loses_no_final_event()
    {
        var log = new ProgressLog();
        for (var number = 0; number < 10_000; number++)
        {
            log.Report(new string('x', 5000) + number, number);
        }

        log.Complete(ProgressEvent.ReadyAt("/user/ada/"));
        log.Report("too late", 1);
        var events = new List<ProgressEvent>();
        await foreach (var item in log.ReadAsync(CancellationToken.None))
        {
            events.Add(item);
        }

        Assert.Equal(ProgressLog.Capacity, events.Count);
        Assert.All(events, item => Assert.True(item.Message.Length <= 2000));
        Assert.True(events[^1].Ready);
    }

    [Fact]
    public async Task A_listener_who_fell_behind_goes_on_with_the_oldest_event_kept()
    {
        var log = new ProgressLog();
        var reader = log.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("Server requested", reader.Current.Message);
        for (var number = 0; number < ProgressLog.Capacity + 10; number++)
        {
            log.Report($"{number}", 1);
        }

        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("10", reader.Current.Message);
        await reader.DisposeAsync();
    }

    [Fact]
    public void Events_are_written_as_the_original_writes_them()
    {
        Assert.Equal("""{"progress":0,"message":"Server requested"}""", Json(ProgressEvent.Requested));
        Assert.Equal(
            """{"progress":100,"message":"Spawn cancelled","failed":true}""",
            Json(ProgressEvent.FailedBecause(ServerFailure.Cancelled)));
        using var ready = JsonDocument.Parse(Json(ProgressEvent.ReadyAt("/user/ada@x/")));
        Assert.Equal(["progress", "message", "html_message", "ready", "url"], ready.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Server ready at <a href=\"/user/ada@x/\">/user/ada@x/</a>", ready.RootElement.GetProperty("html_message").GetString());
    }

    private static string Json(ProgressEvent item) => JsonSerializer.Serialize(item, ServersJson.Default.ProgressEvent);
}
