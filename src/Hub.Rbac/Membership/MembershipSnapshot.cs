using System.Runtime.InteropServices;

namespace JupyterHub.Rbac.Membership;

/// <summary>Who belongs to which group at one version of the data; immutable, so that answers computed from it can be kept with its version.</summary>
public sealed class MembershipSnapshot
{
    private readonly Dictionary<string, UserGroups> users;
    private readonly Dictionary<string, UserGroups>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    /// <summary>Creates a snapshot.</summary>
    /// <param name="version">The version of the data it was read at.</param>
    /// <param name="memberships">Pairs of user and group.</param>
    public MembershipSnapshot(long version, IEnumerable<KeyValuePair<string, string>> memberships)
    {
        ArgumentNullException.ThrowIfNull(memberships);
        Version = version;
        var (found, groups) = Collect(memberships);
        Groups = new(groups.Keys);
        var numbers = new int[groups.Count];
        foreach (var (group, place) in groups)
        {
            Groups.TryGet(group, out numbers[place]);
        }

        users = new(found.Count, StringComparer.Ordinal);
        bySpan = users.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (user, places) in found)
        {
            users.Add(user, new UserGroups(Groups, SortedNumbers(places, numbers)));
        }
    }

    /// <summary>Nobody belongs to any group.</summary>
    public static MembershipSnapshot Empty { get; } = new(0, []);

    /// <summary>The version of the data that this was read at.</summary>
    public long Version { get; }

    internal GroupIndex Groups { get; }

    /// <summary>Everybody who belongs to a group.</summary>
    internal IReadOnlyCollection<string> Members => users.Keys;

    /// <summary>True if the user belongs to the group.</summary>
    public bool IsMember(string user, string group) =>
        Groups.TryGet(group, out var number) && users.TryGetValue(user, out var groups) && groups.Contains(number);

    /// <summary>The groups of a user, sorted by code point.</summary>
    public IReadOnlyList<string> GroupsOf(string user) => users.TryGetValue(user, out var groups) ? groups.Names(Groups) : [];

    internal GroupMask MaskOf(IReadOnlyList<string> groups) => new(Groups, groups);

    internal bool IsInAny(ReadOnlySpan<char> user, GroupMask mask) => bySpan.TryGetValue(user, out var groups) && groups.Overlaps(mask);

    // Groups are numbered as they come and get their final numbers when all are known: few strings are compared that way.
    private static (Dictionary<string, List<int>> Users, Dictionary<string, int> Groups) Collect(IEnumerable<KeyValuePair<string, string>> memberships)
    {
        var users = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (user, group) in memberships)
        {
            if (!groups.TryGetValue(group, out var place))
            {
                groups.Add(group, place = groups.Count);
            }

            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(users, user, out _);
            (places ??= []).Add(place);
        }

        return (users, groups);
    }

    private static int[] SortedNumbers(List<int> places, int[] numbers)
    {
        var sorted = places.Select(place => numbers[place]).Distinct().ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
