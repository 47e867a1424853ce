using System.Buffers;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Changes of routes, in order, that wait to be written; and once more those since a snapshot was taken, which belong behind it.</summary>
internal sealed class JournalQueue
{
    private readonly Lock gate = new();
    private ArrayBufferWriter<byte> pending = new();
    private ArrayBufferWriter<byte> spare = new();
    private ArrayBufferWriter<byte>? sinceSnapshot;
    private JournalBatch batch = new();
    private JournalBatch taken = new();
    private long needed;
    private bool isOpen;

    /// <remarks>Nothing was said before the first change: whoever asks for it need not wait.</remarks>
    public JournalQueue() => taken.Complete();

    /// <summary>Bytes that the records of all routes take that there are now.</summary>
    public long Needed => Interlocked.Read(ref needed);

    public bool HasAny
    {
        get
        {
            lock (gate)
            {
                return pending.WrittenCount > 0;
            }
        }
    }

    /// <inheritdoc cref="IRouteJournal.Set"/>
    public JournalBatch? Set(ChpRoute route, ChpRoute? before)
    {
        lock (gate)
        {
            needed += LengthOf(route) - LengthOf(before);
            var start = pending.WrittenCount;
            if (isOpen)
            {
                JournalFormat.WriteSet(pending, route);
            }

            return Note(start);
        }
    }

    /// <inheritdoc cref="IRouteJournal.Remove"/>
    public JournalBatch? Remove(ChpRoute removed)
    {
        lock (gate)
        {
            needed -= LengthOf(removed);
            var start = pending.WrittenCount;
            if (isOpen)
            {
                JournalFormat.WriteRemove(pending, removed.Text);
            }

            return Note(start);
        }
    }

    /// <inheritdoc cref="IRouteJournal.Latest"/>
    public JournalBatch? Latest()
    {
        lock (gate)
        {
            return !isOpen ? null : pending.WrittenCount > 0 ? batch : taken;
        }
    }

    /// <summary>Takes changes from now on, and puts those into a tail as well.</summary>
    public void BeginSnapshot(ArrayBufferWriter<byte> tail)
    {
        lock (gate)
        {
            isOpen = true;
            sinceSnapshot = tail;
        }
    }

    // Only whoever rewrites ends it: when writing to the old file fails meanwhile, what was noted still belongs to the new one.
    public void EndSnapshot()
    {
        lock (gate)
        {
            sinceSnapshot = null;
        }
    }

    /// <summary>What waits, as <see cref="Take"/> gives it; it is in the snapshot's tail too, which nothing is added to any more.</summary>
    public (ArrayBufferWriter<byte> Bytes, JournalBatch Batch) Turn(bool isEnd)
    {
        lock (gate)
        {
            sinceSnapshot = null;
            isOpen = !isEnd;
            return Take();
        }
    }

    /// <summary>What waits. The bytes are the caller's until it asks again, and empty by then.</summary>
    public (ArrayBufferWriter<byte> Bytes, JournalBatch Batch) Take()
    {
        lock (gate)
        {
            (taken, batch) = (batch, new JournalBatch());
            (var bytes, pending, spare) = (pending, spare, pending);
            return (bytes, taken);
        }
    }

    /// <summary>Takes no more changes.</summary>
    public void Close()
    {
        lock (gate)
        {
            isOpen = false;
        }
    }

    // What the command line says is in no journal.
    private static int LengthOf(ChpRoute? route) => route is null or { IsDefault: true } ? 0 : JournalFormat.LengthOf(route);

    private JournalBatch? Note(int start)
    {
        if (!isOpen)
        {
            return null;
        }

        sinceSnapshot?.Write(pending.WrittenSpan[start..]);
        return batch;
    }
}
