using JupyterHub.Core.Groups;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Sqlite.Tests;

public sealed class WriteQueueTests
{
    [Fact]
    public async Task Writes_run_one_at_a_time_in_the_order_in_which_they_were_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;
        var order = new List<int>();
        var running = 0;

        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => queue.WriteAsync(
            async (_, _) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                await Task.Yield();
                order.Add(number);
                Interlocked.Decrement(ref running);
                return number;
            },
            CancellationToken.None)));

        Assert.Equal(Enumerable.Range(0, 300), order);
    }

    [Fact]
    public async Task Cancelled_before_its_turn_a_write_answers_at_once_and_never_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;
        var goOn = new TaskCompletionSource<int>();
        var first = queue.WriteAsync((_, _) => goOn.Task, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var ran = false;
        var second = queue.WriteAsync((_, _) => Task.FromResult(ran = true), cancellation.Token);
        var third = queue.WriteAsync((_, _) => Task.FromResult(3), CancellationToken.None);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Eventually.Deadline));
        Assert.False(first.IsCompleted);

        goOn.SetResult(1);
        Assert.Equal(1, await first);
        Assert.Equal(3, await third);
        Assert.False(ran);
    }

    [Fact]
    public async Task Cancelled_already_a_write_is_not_queued()
    {
        await using var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.WriteAsync<int>((_, _) => throw new InvalidOperationException("ran"), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_failure_reaches_its_caller_and_the_queue_goes_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;

        var failing = queue.WriteAsync<int>((_, _) => throw new InvalidOperationException("no"), CancellationToken.None);
        var next = queue.WriteAsync((_, _) => Task.FromResult(2), CancellationToken.None);

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task A_write_inside_a_write_is_an_error_and_not_a_deadlock()
    {
        await using var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;

        var outer = queue.WriteAsync((_, _) => queue.WriteAsync((_, _) => Task.FromResult(1), CancellationToken.None), CancellationToken.None);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => outer.WaitAsync(Eventually.Deadline));
        Assert.Contains("wait for itself", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_write_left_running_may_write_when_its_turn_is_over()
    {
        await using var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;
        var over = new TaskCompletionSource();
        Task<int>? later = null;
        await queue.WriteAsync((_, _) =>
            {
                later = Later();
                return Task.FromResult(0);
            },
            CancellationToken.None);
        await queue.WriteAsync((_, _) => Task.FromResult(0), CancellationToken.None);

        over.SetResult();

        Assert.Equal(7, await later!);

        async Task<int> Later()
        {
            await over.Task;
            return await queue.WriteAsync((_, _) => Task.FromResult(7), CancellationToken.None);
        }
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_takes_no_more()
    {
        var database = await TestDatabase.CreateAsync();
        var queue = database.Hub;
        var goOn = new TaskCompletionSource<int>();
        var first = queue.WriteAsync((_, _) => goOn.Task, CancellationToken.None);
        var second = queue.WriteAsync((_, _) => Task.FromResult(2), CancellationToken.None);
        var closing = database.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.WriteAsync((_, _) => Task.FromResult(3), CancellationToken.None));
        goOn.SetResult(1);
        await closing;

        Assert.Equal(1, await first);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together_and_each_caller_learns_it_after_the_commit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var goOn = new TaskCompletionSource();
        var first = database.Hub.WriteAsync(
            async (_, _) =>
            {
                await goOn.Task;
                return 0;
            },
            CancellationToken.None);
        var others = Enumerable.Range(0, 50).Select(number => database.Hub.WriteAsync(
            (context, _) =>
            {
                context.Groups.Add(new HubGroup { Name = $"group-{number}" });
                return Task.FromResult(number);
            },
            CancellationToken.None)).ToList();

        // Reading apart from the write, it sees what is committed. (Commits cannot be counted here: the poller counts them, too.)
        var seen = database.Hub.WriteAsync((_, _) => database.ListAsync<HubGroup>(), CancellationToken.None);

        goOn.SetResult();
        await first;
        Assert.Empty(await seen);
        Assert.Equal(Enumerable.Range(0, 50), await Task.WhenAll(others));

        Assert.Equal(50, (await database.ListAsync<HubGroup>()).Count);
    }

    [Fact]
    public async Task What_is_written_does_not_wait_for_an_endless_row_of_failures()
    {
        await using var database = await TestDatabase.CreateAsync();
        var goOn = new TaskCompletionSource();
        var first = database.Hub.WriteAsync(
            async (context, _) =>
            {
                await goOn.Task;
                context.Groups.Add(new HubGroup { Name = "first" });
                return 0;
            },
            CancellationToken.None);
        var failing = Enumerable.Range(0, 100).Select(_ => database.Hub.WriteAsync<int>((_, _) => throw new InvalidOperationException("no"), CancellationToken.None)).ToList();
        var seen = database.Hub.WriteAsync((_, _) => database.ListAsync<HubGroup>(), CancellationToken.None);

        goOn.SetResult();

        // Reading apart from the write, it sees what is committed.
        Assert.Equal(["first"], (await seen).Select(group => group.Name));
        await first;
        foreach (var failed in failing)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
        }
    }

    [Fact]
    public async Task What_fails_among_others_takes_back_its_own_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        var goOn = new TaskCompletionSource();
        var first = database.Hub.WriteAsync(
            async (context, _) =>
            {
                await goOn.Task;
                context.Groups.Add(new HubGroup { Name = "first" });
                return 0;
            },
            CancellationToken.None);
        var failing = database.Hub.WriteAsync<int>(
            async (context, cancel) =>
            {
                context.Groups.Add(new HubGroup { Name = "saved and taken back" });
                await context.SaveChangesAsync(cancel);
                context.Groups.Add(new HubGroup { Name = "never saved" });
                throw new InvalidOperationException("no");
            },
            CancellationToken.None);
        var twice = database.Hub.WriteAsync(
            (context, _) =>
            {
                context.Groups.Add(new HubGroup { Name = "first" });
                return Task.FromResult(0);
            },
            CancellationToken.None);
        var last = database.Hub.WriteAsync(
            (context, _) =>
            {
                context.Groups.Add(new HubGroup { Name = "last" });
                return Task.FromResult(0);
            },
            CancellationToken.None);

        goOn.SetResult();
        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        await Assert.ThrowsAsync<DbUpdateException>(() => twice);
        await last;

        Assert.Equal(["first", "last"], (await database.ListAsync<HubGroup>()).Select(group => group.Name));
    }

    [Fact]
    public async Task A_failing_first_leaves_the_others_their_turn()
    {
        await using var database = await TestDatabase.CreateAsync();
        var goOn = new TaskCompletionSource();
        var first = database.Hub.WriteAsync<int>(
            async (context, cancel) =>
            {
                await goOn.Task;
                context.Groups.Add(new HubGroup { Name = "first" });
                await context.SaveChangesAsync(cancel);
                throw new InvalidOperationException("no");
            },
            CancellationToken.None);
        var second = database.Hub.WriteAsync(
            (context, _) =>
            {
                context.Groups.Add(new HubGroup { Name = "second" });
                return Task.FromResult(0);
            },
            CancellationToken.None);

        goOn.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await second;

        Assert.Equal(["second"], (await database.ListAsync<HubGroup>()).Select(group => group.Name));
    }
}
