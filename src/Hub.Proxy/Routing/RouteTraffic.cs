namespace JupyterHub.Proxy.Routing;

/// <summary>
/// What is under way on a route, of one kind: counted while it is, and cut when the route has been gone for too long.
/// A timer exists only while the route is gone and something is still under way.
/// </summary>
#pragma warning disable CA1001 // A source of cancellation without a timer holds nothing; the timer goes with what it waits for.
internal sealed class RouteTraffic
#pragma warning restore CA1001
{
    private readonly Lock changing = new();
    private readonly CancellationTokenSource cut = new();
    private int underWay;
    private Deadline? deadline;
    private ITimer? timer;

    /// <summary>Cancelled when what is under way has to end.</summary>
    public CancellationToken Cut => cut.Token;

    /// <summary>Counts one more; it gets to know of <see cref="Cut"/> also when the route has gone meanwhile.</summary>
    public void Enter()
    {
        // Either this sees the deadline or whoever sets it sees this: both sides write first and read behind a fence.
        Interlocked.Increment(ref underWay);
        if (Volatile.Read(ref deadline) is { } set)
        {
            Arm(set);
        }
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref underWay) == 0 && Volatile.Read(ref deadline) is not null)
        {
            Disarm();
        }
    }

    /// <summary>Lets what is under way, and what still comes, go on for a time. A second call can only shorten it.</summary>
    public void Drain(TimeSpan timeout, TimeProvider time)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        var set = new Deadline(time, time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency));
        lock (changing)
        {
            if (deadline is not null && deadline.At <= set.At)
            {
                return;
            }

            timer?.Dispose();
            timer = null;
            Interlocked.Exchange(ref deadline, set);
        }

        Arm(set);
    }

    private void Arm(Deadline set)
    {
        lock (changing)
        {
            if (timer is not null || cut.IsCancellationRequested || Volatile.Read(ref underWay) == 0)
            {
                return;
            }

            var left = set.Time.GetElapsedTime(set.Time.GetTimestamp(), set.At);
            if (left > TimeSpan.Zero)
            {
                timer = set.Time.CreateTimer(static state => ((RouteTraffic)state!).End(), this, left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        End();
    }

    private void Disarm()
    {
        lock (changing)
        {
            if (Volatile.Read(ref underWay) == 0)
            {
                timer?.Dispose();
                timer = null;
            }
        }
    }

    private void End()
    {
        lock (changing)
        {
            timer?.Dispose();
            timer = null;
        }

        // Not on this thread, which may be the clock's: whoever is cut continues wherever it waits.
        _ = cut.CancelAsync();
    }

    // By the clock that nobody sets.
    private sealed record Deadline(TimeProvider Time, long At);
}
