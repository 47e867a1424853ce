using JupyterHub.Rbac.Filters;

namespace JupyterHub.Rbac.Membership;

/// <summary>Who belongs to which group at one version of the data; immutable, so that answers computed from it can be kept with its version.</summary>
public sealed class MembershipSnapshot
{
    private readonly Dictionary<string, UserGroups> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserGroups>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    /// <summary>Creates a snapshot.</summary>
    /// <param name="version">The version of the data it was read at.</param>
    /// <param name="memberships">Pairs of user and group.</param>
    public MembershipSnapshot(long version, IEnumerable<KeyValuePair<string, string>> memberships)
    {
        ArgumentNullException.ThrowIfNull(memberships);
        Version = version;
        bySpan = users.GetAlternateLookup<ReadOnlySpan<char>>();
        var collected = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (user, group) in memberships)
        {
            // All groups get their number before any user's form is chosen.
            Groups.NumberOf(group);
            if (!collected.TryGetValue(user, out var groups))
            {
                collected.Add(user, groups = []);
            }

            groups.Add(group);
        }

        foreach (var (user, groups) in collected)
        {
            users.Add(user, new UserGroups(Groups, NameSet.Of(groups)));
        }
    }

    /// <summary>Nobody belongs to any group.</summary>
    public static MembershipSnapshot Empty { get; } = new(0, []);

    /// <summary>The version of the data that this was read at.</summary>
    public long Version { get; }

    internal GroupIndex Groups { get; } = new();

    /// <summary>True if the user belongs to the group.</summary>
    public bool IsMember(string user, string group) =>
        Groups.TryGet(group, out var number) && users.TryGetValue(user, out var groups) && groups.Contains(number);

    /// <summary>The groups of a user, sorted by code point.</summary>
    public IReadOnlyList<string> GroupsOf(string user) => users.TryGetValue(user, out var groups) ? groups.Names : [];

    internal GroupMask MaskOf(IReadOnlyList<string> groups) => new(Groups, groups);

    internal bool IsInAny(ReadOnlySpan<char> user, GroupMask mask) => bySpan.TryGetValue(user, out var groups) && groups.Overlaps(mask);
}
