namespace JupyterHub.Client.Authentication;

/// <summary>Remembers which sign-ins were finished, for as long as their cookies could come back.</summary>
internal sealed class UsedStates(TimeProvider time)
{
    private const int Capacity = 10_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>False when it was there already.</summary>
    public bool Add(string state, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            while (order.TryPeek(out var oldest) && (order.Count >= Capacity || used[oldest] <= now))
            {
                used.Remove(order.Dequeue());
            }

            if (!used.TryAdd(state, now + lifetime))
            {
                return false;
            }

            order.Enqueue(state);
            return true;
        }
    }
}
