using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Roles;

public sealed class RoleCeilingTests
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;

    [Theory]
    [InlineData("tokens!user", "tokens!user=ada")]
    [InlineData("tokens!user=ben", "tokens!user=ben")]
    [InlineData("tokens!service", "")]
    [InlineData("tokens!server", "")]
    [InlineData("inherit", "")]
    [InlineData("inherit!user", "")]
    [InlineData("(no_scope)", "")]
    public void For_a_user_the_short_filters_mean_that_user(string scope, string expected) =>
        Assert.Equal(Expanded(expected), RoleCeiling.Of(Engine, [scope], ScopeOwner.User("ada")).ToScopes());

    [Theory]
    [InlineData("tokens!user", "tokens!group=physics")]
    [InlineData("tokens!group=maths", "tokens!group=maths")]
    [InlineData("servers!server=ben/", "servers!server=ben/")]
    [InlineData("tokens", "tokens")]
    [InlineData("tokens!service", "")]
    [InlineData("tokens!server", "")]
    public void For_a_group_they_mean_whoever_is_in_it(string scope, string expected) =>
        Assert.Equal(Expanded(expected), RoleCeiling.Of(Engine, [scope], ScopeOwner.Group("physics")).ToScopes());

    [Theory]
    [InlineData("tokens!user", "tokens")]
    [InlineData("tokens!service", "tokens")]
    [InlineData("tokens!server", "tokens")]
    [InlineData("tokens!user=ben", "tokens!user=ben")]
    public void For_nobody_yet_they_mean_everybody(string scope, string expected) =>
        Assert.Equal(Expanded(expected), RoleCeiling.Of(Engine, [scope], null).ToScopes());

    [Fact]
    public void Self_is_the_holders_the_members_or_everybodys()
    {
        var own = Engine.Expand(["self"], ScopeOwner.User("ada")).ToScopes();
        Assert.Equal(own, RoleCeiling.Of(Engine, ["self"], ScopeOwner.User("ada")).ToScopes());
        Assert.Equal(own.Select(scope => scope.Replace("!user=ada", "!group=physics", StringComparison.Ordinal)), RoleCeiling.Of(Engine, ["self"], ScopeOwner.Group("physics")).ToScopes());
        Assert.Equal(own.Select(scope => scope.Replace("!user=ada", "", StringComparison.Ordinal)), RoleCeiling.Of(Engine, ["self"], null).ToScopes());
        Assert.True(RoleCeiling.Of(Engine, ["self"], ScopeOwner.Service("ada")).IsEmpty);
    }

    [Fact]
    public void What_is_held_by_membership_covers_members_and_not_the_group()
    {
        var membership = new MembershipSnapshot(1, [new("ada", "physics")]);
        var held = Engine.Expand(["tokens!group=physics"]);
        Assert.True(Beyond(["tokens!user=ada"], held, membership).IsEmpty);
        Assert.False(Beyond(["tokens!user=ben"], held, membership).IsEmpty);
        Assert.True(Beyond(["tokens!group=physics"], held, membership).IsEmpty);
        Assert.False(Beyond(["tokens!group=physics"], Engine.Expand(["tokens!user=ada"]), membership).IsEmpty);
    }

    [Fact]
    public void A_scope_that_does_not_exist_is_an_error() =>
        Assert.Throws<ScopeException>(() => RoleCeiling.Of(Engine, ["no:such"], null));

    private static PermissionSet Beyond(string[] wanted, PermissionSet held, MembershipSnapshot membership) =>
        RoleCeiling.Beyond(Engine, RoleCeiling.Of(Engine, wanted, null), held, membership);

    private static IReadOnlyList<string> Expanded(string scope) => Engine.Expand(scope.Length == 0 ? [] : [scope]).ToScopes();
}
