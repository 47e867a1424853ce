using System.Numerics;

namespace JupyterHub.Rbac.Filters;

/// <summary>Positions by hash, fixed at creation: open addressing at no more than half load.</summary>
internal sealed class HashIndex
{
    private readonly Slot[] slots;

    public HashIndex(ReadOnlySpan<int> hashes)
    {
        slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)hashes.Length * 2)];
        for (var position = 0; position < hashes.Length; position++)
        {
            var at = hashes[position] & slots.Length - 1;
            while (slots[at].Entry != 0)
            {
                at = at + 1 & slots.Length - 1;
            }

            slots[at] = new(hashes[position], position + 1);
        }
    }

    /// <summary>The positions that have the hash.</summary>
    public Cursor Find(int hash) => new(slots, hash);

    /// <summary>Walks the positions of one hash.</summary>
    public ref struct Cursor(Slot[] slots, int hash)
    {
        private int at = hash & slots.Length - 1;

        public int Position { get; private set; } = -1;

        public bool MoveNext()
        {
            while (slots[at] is { Entry: not 0 } slot)
            {
                at = at + 1 & slots.Length - 1;
                if (slot.Hash == hash)
                {
                    Position = slot.Entry - 1;
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>A hash and a position plus one; zero for an empty slot.</summary>
    internal readonly record struct Slot(int Hash, int Entry);
}
