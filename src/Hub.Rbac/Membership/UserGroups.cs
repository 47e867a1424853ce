using System.Numerics;

namespace JupyterHub.Rbac.Membership;

/// <summary>The groups of one user as numbers, in whichever form is shorter: a sorted list or bits.</summary>
internal sealed class UserGroups
{
    private readonly int[]? few;
    private readonly ulong[]? many;

    public UserGroups(GroupIndex index, int[] sortedNumbers)
    {
        if (sortedNumbers.Length <= index.Words)
        {
            few = sortedNumbers;
            return;
        }

        many = new ulong[index.Words];
        foreach (var number in sortedNumbers)
        {
            many[number / GroupIndex.WordSize] |= 1UL << (number % GroupIndex.WordSize);
        }
    }

    public bool Contains(int number) => few is not null
        ? few.AsSpan().Contains(number)
        : (many![number / GroupIndex.WordSize] >> (number % GroupIndex.WordSize) & 1) != 0;

    public bool Overlaps(GroupMask mask)
    {
        var bits = mask.Bits;
        if (few is not null)
        {
            foreach (var number in few)
            {
                if ((bits[number / GroupIndex.WordSize] >> (number % GroupIndex.WordSize) & 1) != 0)
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = 0; i < many!.Length; i++)
        {
            if ((many[i] & bits[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public string[] Names(GroupIndex index)
    {
        if (few is not null)
        {
            return Array.ConvertAll(few, number => index[number]);
        }

        var names = new List<string>();
        for (var word = 0; word < many!.Length; word++)
        {
            for (var rest = many[word]; rest != 0; rest &= rest - 1)
            {
                names.Add(index[word * GroupIndex.WordSize + BitOperations.TrailingZeroCount(rest)]);
            }
        }

        return names.ToArray();
    }
}
