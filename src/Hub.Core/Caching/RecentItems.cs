using System.Collections.Concurrent;

namespace JupyterHub.Core.Caching;

/// <summary>A cache of bounded size: what nobody asked for lately goes, half of it at a time, so that no lookup pays for order.</summary>
internal sealed class RecentItems<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly int half = Math.Max(1, capacity / 2);
    private volatile Halves halves = new(new Half(), new Half());

    public bool TryGet(TKey key, out TValue value)
    {
        var current = halves;
        if (current.Young.Items.TryGetValue(key, out value!))
        {
            return true;
        }

        if (!current.Old.Items.TryGetValue(key, out value!))
        {
            return false;
        }

        // What is asked for stays. A newer value that was set meanwhile is not replaced.
        if (current.Young.Items.TryAdd(key, value))
        {
            CountOneMore(current);
        }

        return true;
    }

    public void Set(TKey key, TValue value)
    {
        var current = halves;
        if (current.Young.Items.TryAdd(key, value))
        {
            CountOneMore(current);
        }
        else
        {
            current.Young.Items[key] = value;
        }
    }

    private void CountOneMore(Halves current)
    {
        if (Interlocked.Increment(ref current.Young.Count) < half)
        {
            return;
        }

        lock (gate)
        {
            if (halves == current)
            {
                halves = new Halves(new Half(), current.Young);
            }
        }
    }

    private sealed record Halves(Half Young, Half Old);

    private sealed class Half
    {
        public int Count;

        public ConcurrentDictionary<TKey, TValue> Items { get; } = new();
    }
}
