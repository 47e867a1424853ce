namespace JupyterHub.Proxy.ActivityTracking;

/// <summary>
/// When a route was last used. Written from every request and WebSocket of the route at once: whoever comes within
/// the resolution of the last mark only reads, so that busy connections do not fight over the memory line.
/// </summary>
internal class RouteActivity
{
    private static readonly long Resolution = TimeSpan.FromMilliseconds(10).Ticks;

    private readonly TimeProvider time;
    private long ticks;

    public RouteActivity(TimeProvider time)
    {
        this.time = time;
        ticks = Now;
    }

    public DateTimeOffset Last => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    private long Now => time.GetUtcNow().UtcTicks;

    /// <summary>Takes over what was known before a restart.</summary>
    public void Restore(DateTimeOffset last) => Interlocked.Exchange(ref ticks, last.UtcTicks);

    /// <summary>Marks the route as used now. Never goes back; loses a race only to another mark of the same moment.</summary>
    public void Mark()
    {
        var now = Now;
        var seen = Interlocked.Read(ref ticks);
        if (now - seen >= Resolution)
        {
            Interlocked.CompareExchange(ref ticks, now, seen);
        }
    }
}
