namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>
/// The system's clock, but waits of certain lengths last until the test ends them: what a hub does when its patience is over is then
/// seen when the test wants to see it, however slow the machine is.
/// </summary>
internal sealed class HeldTime(params double[] seconds) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<HeldTimer> waiting = [];
    private TimeSpan leaps;

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return System.GetTimestamp() + (long)(leaps.TotalSeconds * TimestampFrequency);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!seconds.Contains(dueTime.TotalSeconds))
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new HeldTimer(this, callback, state, dueTime);
        lock (gate)
        {
            waiting.Add(timer);
        }

        return timer;
    }

    /// <summary>Waits until somebody waits that long, and ends that.</summary>
    public Task EndAsync(double length) => Eventually.TrueAsync($"a wait of {length} s", () => End(length));

    /// <summary>Ends all waits of that length; false if there is none.</summary>
    public bool End(double length)
    {
        List<HeldTimer> over;
        lock (gate)
        {
            over = [.. waiting.Where(timer => timer.Length.TotalSeconds == length)];
            waiting.RemoveAll(over.Contains);
        }

        over.ForEach(timer => timer.Fire());
        return over.Count > 0;
    }

    /// <summary>For who looks at the clock again and again, so much time is over at once.</summary>
    public void Leap(TimeSpan time)
    {
        lock (gate)
        {
            leaps += time;
        }
    }

    private sealed class HeldTimer(HeldTime time, TimerCallback callback, object? state, TimeSpan length) : ITimer
    {
        public TimeSpan Length => length;

        public void Fire() => callback(state);

        /// <summary>Whoever changes a wait gives it up.</summary>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                time.waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
