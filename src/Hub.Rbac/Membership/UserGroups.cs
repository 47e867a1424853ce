namespace JupyterHub.Rbac.Membership;

/// <summary>The groups of one user: their names, and their numbers in whichever form is shorter.</summary>
internal sealed class UserGroups
{
    private readonly int[]? few;
    private readonly ulong[]? many;

    public UserGroups(GroupIndex index, IReadOnlyList<string> sortedNames)
    {
        Names = sortedNames;
        var numbers = new int[sortedNames.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = index.NumberOf(sortedNames[i]);
        }

        if (numbers.Length <= index.Words)
        {
            few = numbers;
            return;
        }

        many = new ulong[index.Words];
        foreach (var number in numbers)
        {
            many[number / GroupIndex.WordSize] |= 1UL << (number % GroupIndex.WordSize);
        }
    }

    public IReadOnlyList<string> Names { get; }

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
}
