using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Client.Authentication;

/// <summary>Values that expire; when there is no room, the oldest goes first.</summary>
internal sealed class BoundedCache<T>(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> order = new();

    public bool TryGet(string key, [MaybeNullWhen(false)] out T value)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node))
            {
                if (node.Value.Until > time.GetUtcNow())
                {
                    value = node.Value.Value;
                    return true;
                }

                Remove(node);
            }
        }

        value = default;
        return false;
    }

    public void Set(string key, T value, TimeSpan lifetime, int capacity)
    {
        if (lifetime <= TimeSpan.Zero)
        {
            return;
        }

        lock (gate)
        {
            Remove(key);
            while (entries.Count >= capacity)
            {
                Remove(order.First!);
            }

            entries.Add(key, order.AddLast(new Entry(key, value, time.GetUtcNow() + lifetime)));
        }
    }

    public void Remove(string key)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node))
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        entries.Remove(node.Value.Key);
        order.Remove(node);
    }

    private readonly record struct Entry(string Key, T Value, DateTimeOffset Until);
}
