using System.Numerics;

namespace JupyterHub.Rbac.Filters;

/// <summary>Positions by hash, fixed at creation: open addressing at no more than half load. The hashes are the runtime's randomized ones, so nobody can aim at a slot.</summary>
internal sealed class HashIndex
{
    private readonly int[] hashes;
    private readonly int[] slots;

    public HashIndex(int[] hashes)
    {
        this.hashes = hashes;
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)hashes.Length * 2)];
        for (var position = 0; position < hashes.Length; position++)
        {
            var slot = hashes[position] & slots.Length - 1;
            while (slots[slot] != 0)
            {
                slot = slot + 1 & slots.Length - 1;
            }

            slots[slot] = position + 1;
        }
    }

    /// <summary>The positions that have the hash.</summary>
    public Cursor Find(int hash) => new(this, hash);

    /// <summary>Walks the positions of one hash.</summary>
    public ref struct Cursor(HashIndex index, int hash)
    {
        private int slot = hash & index.slots.Length - 1;

        public int Position { get; private set; } = -1;

        public bool MoveNext()
        {
            while (index.slots[slot] is var entry and not 0)
            {
                slot = slot + 1 & index.slots.Length - 1;
                if (index.hashes[entry - 1] == hash)
                {
                    Position = entry - 1;
                    return true;
                }
            }

            return false;
        }
    }
}
