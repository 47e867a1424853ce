using System.Collections.Concurrent;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>The notes about the rows of one table, by id: those not yet written, and for a while those that were.</summary>
internal sealed class ActivityNotes(int capacity)
{
    /// <summary>Rounds for which a written note is still shown: whoever read the row before it was written asks a little later.</summary>
    private const int ShownRounds = 2;

    private readonly ConcurrentDictionary<int, ActivityNote> unwritten = new();
    private readonly ConcurrentDictionary<int, ActivityNote> written = new();
    private long round;

    public bool IsAllWritten => unwritten.IsEmpty;

    /// <summary>Takes a note; of two about the same row the later time stays.</summary>
    /// <returns>False if there is no room.</returns>
    public bool Add(int id, ActivityNote note)
    {
        if (!unwritten.ContainsKey(id) && unwritten.Count >= capacity)
        {
            return false;
        }

        unwritten.AddOrUpdate(
            id,
            static (_, added) => added,
            static (_, known, added) => !known.IsSameRow(added) || added.At > known.At ? added : known,
            note);
        return true;
    }

    /// <summary>The later one of a stored time and what is noted.</summary>
    public DateTime? Later(int id, DateTime? stored)
    {
        if (unwritten.TryGetValue(id, out var note) && note.Fits(stored) && !(stored >= note.At))
        {
            return note.At;
        }

        return written.TryGetValue(id, out note) && round - note.WrittenIn <= ShownRounds && note.Fits(stored) && !(stored >= note.At) ? note.At : stored;
    }

    /// <summary>When this very row was seen last, as far as is known here.</summary>
    public DateTime? LastOf(int id, string mark, DateTime? stored)
    {
        var last = stored;
        if (written.TryGetValue(id, out var note) && note.Mark == mark && !(last >= note.At))
        {
            last = note.At;
        }

        return unwritten.TryGetValue(id, out note) && note.Mark == mark && !(last >= note.At) ? note.At : last;
    }

    public List<KeyValuePair<int, ActivityNote>> Take(int most) => [.. unwritten.Take(most)];

    /// <summary>Keeps what was written for those who read the row before; a later note about it stays to be written.</summary>
    public void MarkWritten(IEnumerable<KeyValuePair<int, ActivityNote>> notes)
    {
        foreach (var (id, note) in notes)
        {
            written[id] = note with { WrittenIn = round };
            unwritten.TryRemove(KeyValuePair.Create(id, note));
        }
    }

    /// <summary>Begins the next round, and forgets what was written and is older.</summary>
    public void NextRound(DateTime forgetBefore)
    {
        var current = Interlocked.Increment(ref round);
        var isFull = written.Count > capacity;
        foreach (var pair in written)
        {
            if (current - pair.Value.WrittenIn > ShownRounds && (isFull || pair.Value.At < forgetBefore))
            {
                written.TryRemove(pair);
            }
        }
    }
}
