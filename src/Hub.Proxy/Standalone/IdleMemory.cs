namespace JupyterHub.Proxy.Standalone;

/// <summary>
/// Gives memory back when a burst is over. The collector runs when somebody allocates, so that a proxy that has become quiet would keep
/// what it needed at its busiest until it is busy again.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>What could not be given back is asked for again when so much has come and gone since.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);

    // Below this a pause, which grows with what is alive, gains nothing.
    private const long WorthIt = 16 * 1024 * 1024;

    private readonly Func<(int Collections, long Bytes)> look;
    private readonly Action collect;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly long first;
    private int seen;
    private int own;
    private long kept;
    private long collected;

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
        this.time = time;
        (seen, first) = look();
        (own, kept, collected) = (seen, first, time.GetTimestamp());
        timer = time.CreateTimer(static state => ((IdleMemory)state!).GiveBack(), this, Period, Period);
    }

    public void Dispose() => timer.Dispose();

    private static (int Collections, long Bytes) Look() => (GC.CollectionCount(0), GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes);

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    // Quiet means that there was no reason to collect since the last look.
    private void GiveBack()
    {
        var (collections, bytes) = look();
        if (collections == seen && MayGain(collections, bytes))
        {
            collect();
            (collections, kept) = look();
            (own, collected) = (collections, time.GetTimestamp());
        }

        seen = collections;
    }

    // More has come since the last time; or something has, and what was alive then may be no more.
    private bool MayGain(int collections, long bytes) =>
        bytes - kept >= WorthIt || (collections != own && bytes - first >= WorthIt && time.GetElapsedTime(collected) >= AskAgain);
}
