using System.Numerics;

namespace JupyterHub.Rbac.Scopes;

/// <summary>An immutable set of scope ids: one word for the built-in scopes, more only when a catalogue has many custom ones.</summary>
internal readonly struct ScopeBits : IEquatable<ScopeBits>
{
    private const int WordSize = 64;

    private readonly ulong low;
    private readonly ulong[]? high;

    private ScopeBits(ulong low, ulong[]? high) => (this.low, this.high) = (low, high);

    public bool IsEmpty
    {
        get
        {
            if (low != 0)
            {
                return false;
            }

            foreach (var word in High)
            {
                if (word != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private ReadOnlySpan<ulong> High => high;

    public static ScopeBits Of(int id)
    {
        if (id < WordSize)
        {
            return new(1UL << id, null);
        }

        var words = new ulong[id / WordSize];
        words[^1] = 1UL << (id % WordSize);
        return new(0, words);
    }

    public bool Contains(int id) => id < WordSize ? (low >> id & 1) != 0 : InHigh(id);

    public ScopeBits Or(in ScopeBits other)
    {
        if (high is null && other.high is null)
        {
            return new(low | other.low, null);
        }

        var words = new ulong[Math.Max(High.Length, other.High.Length)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Word(i) | other.Word(i);
        }

        return new(low | other.low, words);
    }

    public ScopeBits And(in ScopeBits other)
    {
        if (high is null || other.high is null)
        {
            return new(low & other.low, null);
        }

        var words = new ulong[Math.Min(High.Length, other.High.Length)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = high[i] & other.high[i];
        }

        return new(low & other.low, words);
    }

    public ScopeBits Except(in ScopeBits other)
    {
        if (high is null)
        {
            return new(low & ~other.low, null);
        }

        var words = new ulong[high.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = high[i] & ~other.Word(i);
        }

        return new(low & ~other.low, words);
    }

    /// <summary>The smallest id that is at least <paramref name="from"/>; -1 when there is none.</summary>
    public int Next(int from)
    {
        for (var word = from / WordSize; word <= High.Length; word++, from = word * WordSize)
        {
            var rest = (word == 0 ? low : high![word - 1]) >> (from % WordSize);
            if (rest != 0)
            {
                return from + BitOperations.TrailingZeroCount(rest);
            }
        }

        return -1;
    }

    public bool Equals(ScopeBits other)
    {
        if (low != other.low)
        {
            return false;
        }

        for (var i = 0; i < Math.Max(High.Length, other.High.Length); i++)
        {
            if (Word(i) != other.Word(i))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is ScopeBits other && Equals(other);

    // Empty high words must not count: equal sets may be stored in different lengths.
    public override int GetHashCode() => low.GetHashCode();

    private bool InHigh(int id)
    {
        var word = id / WordSize - 1;
        return word < High.Length && (high![word] >> (id % WordSize) & 1) != 0;
    }

    private ulong Word(int index) => index < High.Length ? high![index] : 0;
}
