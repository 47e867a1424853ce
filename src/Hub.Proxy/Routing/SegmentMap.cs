using System.Numerics;

namespace JupyterHub.Proxy.Routing;

/// <summary>
/// Immutable map from a segment to its node: a hash trie with up to 32 branches per level, so that 100,000 siblings
/// are four levels deep and adding one copies four small arrays. Hashes are the runtime's randomised ones, which
/// names chosen by an attacker cannot make collide. Looking up takes a span and allocates nothing.
/// </summary>
internal sealed class SegmentMap
{
    public static readonly SegmentMap Empty = new(0, []);

    private const int BitsPerLevel = 5;
    private const uint LevelMask = (1u << BitsPerLevel) - 1;

    private readonly uint occupied;

    // In the order of the bits: a RouteNode (first of those with its hash) or a SegmentMap one level down.
    private readonly object[] slots;

    private SegmentMap(uint occupied, object[] slots)
    {
        this.occupied = occupied;
        this.slots = slots;
    }

    public bool IsEmpty => occupied == 0;

    public static int HashOf(ReadOnlySpan<char> segment) => string.GetHashCode(segment);

    public RouteNode? Find(ReadOnlySpan<char> segment)
    {
        if (occupied == 0)
        {
            return null;
        }

        var hash = HashOf(segment);
        var map = this;
        for (var shift = 0; ; shift += BitsPerLevel)
        {
            var bit = BitOf(hash, shift);
            if ((map.occupied & bit) == 0)
            {
                return null;
            }

            var slot = map.slots[map.IndexOf(bit)];
            if (slot is SegmentMap below)
            {
                map = below;
                continue;
            }

            return Among((RouteNode)slot, hash, segment);
        }
    }

    /// <summary>The map with a node added, or in place of the one of the same segment.</summary>
    public SegmentMap With(RouteNode node) => With(node, node.Hash, 0);

    /// <summary>The map without a segment; the same map when it is not there.</summary>
    public SegmentMap Without(ReadOnlySpan<char> segment) => Without(segment, HashOf(segment), 0);

    /// <summary>Shows every node, in no particular order.</summary>
    public void ForEach(Action<RouteNode> show)
    {
        foreach (var slot in slots)
        {
            if (slot is SegmentMap below)
            {
                below.ForEach(show);
                continue;
            }

            for (var node = (RouteNode?)slot; node is not null; node = node.SameHash)
            {
                show(node);
            }
        }
    }

    private SegmentMap With(RouteNode node, int hash, int shift)
    {
        var bit = BitOf(hash, shift);
        var index = IndexOf(bit);
        if ((occupied & bit) == 0)
        {
            return new SegmentMap(occupied | bit, [.. slots.AsSpan(0, index), node, .. slots.AsSpan(index)]);
        }

        return Replace(index, slots[index] switch
        {
            SegmentMap below => below.With(node, hash, shift + BitsPerLevel),
            RouteNode chain when chain.Hash == hash => node.WithSameHash(Remove(chain, node.Segment)),
            var other => Empty.With((RouteNode)other, ((RouteNode)other).Hash, shift + BitsPerLevel).With(node, hash, shift + BitsPerLevel),
        });
    }

    private SegmentMap Without(ReadOnlySpan<char> segment, int hash, int shift)
    {
        var bit = BitOf(hash, shift);
        if ((occupied & bit) == 0)
        {
            return this;
        }

        var index = IndexOf(bit);
        var remains = slots[index] is SegmentMap below
            ? below.Without(segment, hash, shift + BitsPerLevel).Flattened()
            : Remove((RouteNode)slots[index], segment);
        if (remains is not null)
        {
            return ReferenceEquals(remains, slots[index]) ? this : Replace(index, remains);
        }

        return occupied == bit
            ? Empty
            : new SegmentMap(occupied & ~bit, [.. slots.AsSpan(0, index), .. slots.AsSpan(index + 1)]);
    }

    // A lone node is kept one level up, so that a table that shrinks gives its levels back.
    private object Flattened() => slots is [RouteNode only] ? only : this;

    private SegmentMap Replace(int index, object slot)
    {
        var copy = slots.AsSpan().ToArray();
        copy[index] = slot;
        return new SegmentMap(occupied, copy);
    }

    private static uint BitOf(int hash, int shift) => 1u << (int)(((uint)hash >> shift) & LevelMask);

    private int IndexOf(uint bit) => BitOperations.PopCount(occupied & (bit - 1));

    private static RouteNode? Among(RouteNode? chain, int hash, ReadOnlySpan<char> segment)
    {
        for (; chain is not null; chain = chain.SameHash)
        {
            if (chain.Hash == hash && segment.SequenceEqual(chain.Segment))
            {
                return chain;
            }
        }

        return null;
    }

    private static RouteNode? Remove(RouteNode? chain, ReadOnlySpan<char> segment)
    {
        if (chain is null || segment.SequenceEqual(chain.Segment))
        {
            return chain?.SameHash;
        }

        var rest = Remove(chain.SameHash, segment);
        return ReferenceEquals(rest, chain.SameHash) ? chain : chain.WithSameHash(rest);
    }
}
