namespace JupyterHub.Rbac.Membership;

/// <summary>Who belongs to which group at one version of the data; immutable, so that answers computed from it can be kept with its version.</summary>
public sealed class MembershipSnapshot
{
    /// <summary>Nobody belongs to any group.</summary>
    public static MembershipSnapshot Empty => throw new NotImplementedException();

    /// <summary>Creates a snapshot.</summary>
    /// <param name="version">The version of the data it was read at.</param>
    /// <param name="memberships">Pairs of user and group.</param>
    public MembershipSnapshot(long version, IEnumerable<KeyValuePair<string, string>> memberships) => throw new NotImplementedException();

    /// <summary>The version of the data that this was read at.</summary>
    public long Version => throw new NotImplementedException();

    /// <summary>True if the user belongs to the group.</summary>
    public bool IsMember(string user, string group) => throw new NotImplementedException();

    /// <summary>The groups of a user, sorted by code point.</summary>
    public IReadOnlyList<string> GroupsOf(string user) => throw new NotImplementedException();
}
