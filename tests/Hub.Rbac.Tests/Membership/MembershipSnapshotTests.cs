using JupyterHub.Rbac.Membership;

namespace JupyterHub.Rbac.Tests.Membership;

public sealed class MembershipSnapshotTests
{
    [Fact]
    public void Knows_members_and_groups()
    {
        var snapshot = new MembershipSnapshot(7, [new("ada", "physics"), new("ada", "art"), new("ada", "physics"), new("ben", "art")]);
        Assert.Equal(7, snapshot.Version);
        Assert.Equal(["art", "physics"], snapshot.GroupsOf("ada"));
        Assert.Empty(snapshot.GroupsOf("nobody"));
        Assert.True(snapshot.IsMember("ben", "art"));
        Assert.False(snapshot.IsMember("ben", "physics"));
        Assert.False(snapshot.IsMember("ben", "no such group"));
        Assert.False(snapshot.IsMember("nobody", "art"));
        Assert.False(MembershipSnapshot.Empty.IsMember("ada", "art"));
    }

    [Fact]
    public void Users_in_few_and_in_many_of_many_groups_are_told_apart()
    {
        var memberships = Enumerable.Range(0, 500).SelectMany(group => Enumerable.Range(0, 20)
            .Where(user => group % (user + 1) == 0 && (user % 2 == 0 || group < 3))
            .Select(user => KeyValuePair.Create($"u{user}", $"g{group}"))).ToArray();
        var snapshot = new MembershipSnapshot(1, memberships);
        var expected = memberships.ToHashSet();
        for (var user = 0; user < 20; user++)
        {
            for (var group = 0; group < 500; group++)
            {
                Assert.Equal(expected.Contains(new($"u{user}", $"g{group}")), snapshot.IsMember($"u{user}", $"g{group}"));
            }
        }
    }
}
