namespace JupyterHub.Proxy.Standalone;

/// <summary>
/// Gives memory back when a burst is over. The collector runs when somebody allocates, so that a proxy that has become quiet would keep
/// what it needed at its busiest until it is busy again.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // Below this a pause, of milliseconds though it is, gains nothing.
    private const long WorthIt = 16 * 1024 * 1024;

    private readonly Func<(int Collections, long Bytes)> look;
    private readonly Action collect;
    private readonly ITimer timer;
    private int seen;
    private long kept;

    public IdleMemory(TimeProvider time) : this(time, Look, Collect)
    {
    }

    /// <param name="time">The clock.</param>
    /// <param name="look">How often the collector has run, and how much memory it holds.</param>
    /// <param name="collect">Has the collector give back what it can.</param>
    public IdleMemory(TimeProvider time, Func<(int Collections, long Bytes)> look, Action collect)
    {
        this.look = look;
        this.collect = collect;
        (seen, kept) = look();
        timer = time.CreateTimer(static state => ((IdleMemory)state!).GiveBack(), this, Period, Period);
    }

    public void Dispose() => timer.Dispose();

    private static (int Collections, long Bytes) Look() => (GC.CollectionCount(0), GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes);

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    // Quiet means that there was no reason to collect since the last look.
    private void GiveBack()
    {
        var (collections, bytes) = look();
        if (collections == seen && bytes - kept >= WorthIt)
        {
            collect();
            (collections, kept) = look();
        }

        seen = collections;
    }
}
