using JupyterHub.Core.Events;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Events;

/// <summary>The ring of events: bounded, in order, and nobody who watches waits for ever or misses what is kept.</summary>
public sealed class HubEventsTests
{
    private readonly HubEvents events = new(TimeProvider.System);

    [Fact]
    public void Only_the_newest_are_kept()
    {
        for (var number = 1; number <= HubEvents.Kept + 10; number++)
        {
            events.Add(HubEventKind.UserCreated, $"user-{number}");
        }

        var kept = events.After(0);
        Assert.Equal(HubEvents.Kept, kept.Count);
        Assert.Equal("user-11", kept[0].Name);
        Assert.Equal(Enumerable.Range(11, HubEvents.Kept).Select(id => (long)id), kept.Select(happened => happened.Id));
        Assert.Equal(["user-510"], events.After(HubEvents.Kept + 9).Select(happened => happened.Name));
        Assert.Empty(events.After(long.MaxValue));
    }

    [Fact]
    public void Names_are_bounded()
    {
        events.Add(HubEventKind.GroupCreated, new string('x', 100_000), new string('y', 100_000), new string('z', 100_000));
        var happened = Assert.Single(events.After(0));
        Assert.True(happened.Name.Length + happened.ServerName!.Length + happened.Detail!.Length < 1_000);
    }

    [Fact]
    public async Task Many_watchers_see_all_of_many_writers_in_order()
    {
        const int writers = 4;
        const int each = 100;
        using var enough = new CancellationTokenSource(Eventually.Deadline);
        var watching = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var seen = new List<long>();
            await foreach (var happened in events.WatchAsync(0, enough.Token))
            {
                seen.Add(happened.Id);
                if (seen.Count == writers * each)
                {
                    break;
                }
            }

            return seen;
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var number = 0; number < each; number++)
            {
                events.Add(HubEventKind.SignedIn, $"{writer}-{number}");
            }
        })));
        foreach (var seen in await Task.WhenAll(watching))
        {
            Assert.Equal(Enumerable.Range(1, writers * each).Select(id => (long)id), seen);
        }
    }

    [Fact]
    public async Task Who_watches_is_let_go_when_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var watcher = events.WatchAsync(0, cancel.Token).GetAsyncEnumerator(cancel.Token);
        var next = watcher.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Within(next));
        await watcher.DisposeAsync();
    }

    [Fact]
    public void Places_are_counted()
    {
        for (var place = 0; place < HubEvents.MostWatchers; place++)
        {
            Assert.True(events.TryEnter());
        }

        Assert.False(events.TryEnter());
        events.Leave();
        Assert.True(events.TryEnter());
    }
}
