using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Roles;

public sealed class RoleMergeTests
{
    [Fact]
    public void Default_roles_are_there_without_being_declared() =>
        Assert.Equal(["user", "admin", "server", "token"], Complete([]).Select(role => role.Name));

    [Fact]
    public void A_declaration_overrides_only_what_it_says()
    {
        var roles = Complete([new("server") { Scopes = ["inherit"] }, new("admin") { Users = ["ada"] }, new("mine") { Scopes = ["read:hub"] }]);
        Assert.Equal(["user", "token", "server", "admin", "mine"], roles.Select(role => role.Name));
        Assert.Equal(BuiltInRoles.Server.Description, roles[2].Description);
        Assert.Equal(["inherit"], roles[2].Scopes);
        Assert.Equal(BuiltInRoles.Admin.Scopes, roles[3].Scopes);
        Assert.Equal(["ada"], roles[3].Users);
    }

    [Fact]
    public void Extra_user_scopes_join_the_default_ones_and_yield_to_declared_ones()
    {
        Assert.Equal(["self", "access:services"], Complete([], "access:services").Single(role => role.Name == "user").Scopes);
        Assert.Equal(["read:hub"], Complete([new("user") { Scopes = ["read:hub"] }], "access:services").Single(role => role.Name == "user").Scopes);
    }

    [Fact]
    public void Declarations_that_break_a_rule_are_refused_with_the_role_and_the_reason()
    {
        Assert.Contains("more than once", Refused(new("mine"), new("mine")).Message, StringComparison.Ordinal);
        Assert.Contains("invalid name", Refused(new RoleDefinition("No")).Message, StringComparison.Ordinal);
        Assert.Contains("full control", Refused(new RoleDefinition("admin") { Scopes = ["self"] }).Message, StringComparison.Ordinal);
        Assert.Contains("full control", Refused(new RoleDefinition("admin") { Description = "Mine" }).Message, StringComparison.Ordinal);
        var unknown = Refused(new RoleDefinition("mine") { Scopes = ["read:user"] });
        Assert.Contains("did you mean 'read:users'", unknown.Message, StringComparison.Ordinal);
        Assert.Equal("mine", unknown.Role);
        Assert.IsType<ScopeException>(unknown.InnerException);
    }

    [Fact]
    public void Repeating_the_admin_roles_own_scopes_in_any_order_is_fine() =>
        Assert.Contains(Complete([new("admin") { Scopes = [.. BuiltInRoles.Admin.Scopes!.Reverse()] }]), role => role.Name == "admin");

    private static IReadOnlyList<RoleDefinition> Complete(RoleDefinition[] declared, params string[] extra) =>
        RoleMerge.Complete(declared, extra, ScopeEngine.BuiltIn);

    private static RoleException Refused(params RoleDefinition[] declared) => Assert.Throws<RoleException>(() => Complete(declared));
}
