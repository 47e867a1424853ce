using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Roles;

public sealed class BuiltInRolesTests
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;

    [Fact]
    public void Admin_holds_every_scope_but_the_words()
    {
        var admin = Engine.Expand(BuiltInRoles.Admin.Scopes!);
        Assert.Equal(["(no_scope)", "inherit", "self"], Engine.Catalog.Scopes.Where(scope => !admin.Allows(scope)).Select(scope => scope.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_server_may_report_activity_and_let_people_in() =>
        Assert.Equal(
            ["access:servers!server=ada/gpu", "read:users:activity!user=ada", "users:activity!user=ada"],
            Engine.Expand(BuiltInRoles.Server.Scopes!, ScopeOwner.User("ada"), ScopeClient.Server("ada", "gpu")).ToScopes());

    [Theory]
    [InlineData("user", true)]
    [InlineData("a.b~c_d-9", true)]
    [InlineData("abc", true)]
    [InlineData("ab", false)]
    [InlineData("Abc", false)]
    [InlineData("9abc", false)]
    [InlineData("abc-", false)]
    [InlineData("ab c", false)]
    [InlineData("abc\n", false)]
    [InlineData("", false)]
    public void Names_follow_the_rule(string name, bool valid) => Assert.Equal(valid, RoleNames.IsValid(name));

    [Fact]
    public void Names_have_at_most_255_characters()
    {
        Assert.True(RoleNames.IsValid(new string('a', 255)));
        Assert.False(RoleNames.IsValid(new string('a', 256)));
    }
}
