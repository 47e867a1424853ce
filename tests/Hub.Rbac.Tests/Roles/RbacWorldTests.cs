using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Roles;

public sealed class RbacWorldTests
{
    private static readonly ScopeOwner Ada = ScopeOwner.User("ada");
    private static readonly ScopeOwner Physics = ScopeOwner.Group("physics");
    private static readonly MembershipSnapshot Membership = new(1, [new("ada", "physics")]);

    [Fact]
    public void A_user_has_own_roles_those_of_groups_and_shares_with_both()
    {
        var permissions = World(
            new RoleGrant(Ada, "reader"),
            new RoleGrant(Physics, "mine"),
            new ShareGrant(Ada, "ben", "lab", ["access:servers!server=ben/lab"]),
            new ShareGrant(Physics, "cem", "", ["access:servers!server=cem/"])).PermissionsOf(Ada);
        Assert.Equal(["access:servers!server=ben/lab", "access:servers!server=cem/", "read:hub", "read:tokens!user=ada"], permissions.ToScopes());
    }

    [Fact]
    public void A_group_by_itself_has_no_members_things() =>
        Assert.True(World(new RoleGrant(Physics, "mine")).PermissionsOf(Physics).IsEmpty);

    /// <summary>Contract 4.4: the original leaves shares with groups out of tokens.</summary>
    [Fact]
    public void Shares_with_groups_reach_tokens()
    {
        var world = World(new ShareGrant(Physics, "ben", "lab", ["access:servers!server=ben/lab"]));
        var token = new TokenGrant(Ada, [], ScopeClient.Server("ben", "lab"));
        Assert.True(world.PermissionsOf(token).Allows("access:servers", Resource.Server("ben", "lab"), Membership));
    }

    [Fact]
    public void Grants_and_roles_must_exist()
    {
        Assert.Throws<ArgumentException>(() => World(new RoleGrant(Ada, "nope")));
        Assert.Throws<ScopeException>(() => World().WithRole("bad", ["nope"]));
        Assert.Throws<ScopeException>(() => World(new ShareGrant(Ada, "ben", "", ["nope"])));
    }

    private static RbacWorld World(params Grant[] grants) => new(
        ScopeEngine.BuiltIn,
        Membership,
        [Ada],
        new Dictionary<string, IReadOnlyList<string>> { ["reader"] = ["read:hub"], ["mine"] = ["read:tokens!user"] },
        grants);
}
