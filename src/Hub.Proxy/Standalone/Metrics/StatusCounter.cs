namespace JupyterHub.Proxy.Standalone.Metrics;

/// <summary>Counts answers by their status.</summary>
internal sealed class StatusCounter
{
    private const int End = 1000;

    private readonly Counter?[] counters = new Counter?[End];

    /// <summary>Every status that occurred, with its count.</summary>
    public IEnumerable<(int Status, long Count)> Values
    {
        get
        {
            for (var status = 0; status < End; status++)
            {
                if (Volatile.Read(ref counters[status]) is { } counter)
                {
                    yield return (status, counter.Value);
                }
            }
        }
    }

    public void Increment(int status)
    {
        ref var counter = ref counters[status is >= 0 and < End ? status : 0];
        if (Volatile.Read(ref counter) is null)
        {
            Interlocked.CompareExchange(ref counter, new Counter(), null);
        }

        counter!.Increment();
    }
}
