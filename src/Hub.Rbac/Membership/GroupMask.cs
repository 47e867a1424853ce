namespace JupyterHub.Rbac.Membership;

/// <summary>Some groups as numbers of one index, ready to be compared with the groups of a user.</summary>
internal sealed class GroupMask
{
    private readonly GroupIndex index;

    public GroupMask(GroupIndex index, IReadOnlyList<string> groups)
    {
        this.index = index;
        var bits = new ulong[index.Words];
        foreach (var group in groups)
        {
            if (index.TryGet(group, out var number))
            {
                bits[number / GroupIndex.WordSize] |= 1UL << (number % GroupIndex.WordSize);
            }
        }

        Bits = bits;
    }

    public ulong[] Bits { get; }

    public bool IsFor(MembershipSnapshot membership) => ReferenceEquals(index, membership.Groups);
}
