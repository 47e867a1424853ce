namespace JupyterHub.Proxy.Tests.ActivityTracking;

/// <summary>Tells a time that a test sets, while timeouts run on the real clock.</summary>
internal sealed class ActivityClock : TimeProvider
{
    private long ticks = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance() => Interlocked.Add(ref ticks, TimeSpan.TicksPerMinute);
}
