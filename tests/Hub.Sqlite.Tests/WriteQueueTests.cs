using JupyterHub.Testing;

namespace JupyterHub.Sqlite.Tests;

public sealed class WriteQueueTests
{
    [Fact]
    public async Task Writes_run_one_at_a_time_in_the_order_in_which_they_were_asked_for()
    {
        await using var queue = new WriteQueue();
        var order = new List<int>();
        var running = 0;

        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => queue.RunAsync(
            async _ =>
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
        await using var queue = new WriteQueue();
        var goOn = new TaskCompletionSource<int>();
        var first = queue.RunAsync(_ => goOn.Task, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var ran = false;
        var second = queue.RunAsync(_ => Task.FromResult(ran = true), cancellation.Token);
        var third = queue.RunAsync(_ => Task.FromResult(3), CancellationToken.None);

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
        await using var queue = new WriteQueue();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.RunAsync<int>(_ => throw new InvalidOperationException("ran"), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_failure_reaches_its_caller_and_the_queue_goes_on()
    {
        await using var queue = new WriteQueue();

        var failing = queue.RunAsync<int>(_ => throw new InvalidOperationException("no"), CancellationToken.None);
        var next = queue.RunAsync(_ => Task.FromResult(2), CancellationToken.None);

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task A_write_inside_a_write_is_an_error_and_not_a_deadlock()
    {
        await using var queue = new WriteQueue();

        var outer = queue.RunAsync(_ => queue.RunAsync(_ => Task.FromResult(1), CancellationToken.None), CancellationToken.None);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => outer.WaitAsync(Eventually.Deadline));
        Assert.Contains("wait for itself", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_write_left_running_may_write_when_its_turn_is_over()
    {
        await using var queue = new WriteQueue();
        var over = new TaskCompletionSource();
        Task<int>? later = null;
        await queue.RunAsync(
            _ =>
            {
                later = Later();
                return Task.FromResult(0);
            },
            CancellationToken.None);
        await queue.RunAsync(_ => Task.FromResult(0), CancellationToken.None);

        over.SetResult();

        Assert.Equal(7, await later!);

        async Task<int> Later()
        {
            await over.Task;
            return await queue.RunAsync(_ => Task.FromResult(7), CancellationToken.None);
        }
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_takes_no_more()
    {
        var queue = new WriteQueue();
        var goOn = new TaskCompletionSource<int>();
        var first = queue.RunAsync(_ => goOn.Task, CancellationToken.None);
        var second = queue.RunAsync(_ => Task.FromResult(2), CancellationToken.None);
        var closing = queue.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.RunAsync(_ => Task.FromResult(3), CancellationToken.None));
        goOn.SetResult(1);
        await closing;

        Assert.Equal(1, await first);
        Assert.Equal(2, await second);
    }
}
