using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Permissions;

public sealed class VisibleFieldsTests
{
    [Theory]
    [InlineData("read:users:name", UserFields.Name | UserFields.UserInfo | UserFields.Admin)]
    [InlineData("read:users:groups", UserFields.Name | UserFields.Groups)]
    [InlineData("read:users:activity", UserFields.Name | UserFields.LastActivity)]
    [InlineData("read:roles:users", UserFields.Name | UserFields.Roles | UserFields.Admin)]
    [InlineData("admin:auth_state", UserFields.Name | UserFields.AuthState)]
    [InlineData("read:servers", UserFields.Name | UserFields.UserInfo | UserFields.Admin | UserFields.Servers)]
    [InlineData("read:users", UserFields.Name | UserFields.UserInfo | UserFields.Admin | UserFields.Roles | UserFields.Groups | UserFields.Server | UserFields.Pending | UserFields.Created | UserFields.LastActivity)]
    [InlineData("read:users:name!user=ben", UserFields.None)]
    [InlineData("tokens", UserFields.None)]
    [InlineData("read:servers!server=ada/gpu", UserFields.None)]
    public void Scopes_reveal_fields_of_users(string scope, UserFields expected) =>
        Assert.Equal(expected, VisibleFields.OfUser(Expand(scope), "ada", MembershipSnapshot.Empty));

    [Theory]
    [InlineData("read:groups", GroupFields.Name | GroupFields.Users | GroupFields.Properties)]
    [InlineData("list:groups", GroupFields.Name)]
    [InlineData("read:roles:groups", GroupFields.Name | GroupFields.Roles)]
    [InlineData("read:groups!group=maths", GroupFields.None)]
    public void Scopes_reveal_fields_of_groups(string scope, GroupFields expected) =>
        Assert.Equal(expected, VisibleFields.OfGroup(Expand(scope), "physics", MembershipSnapshot.Empty));

    [Theory]
    [InlineData("read:services", ServiceFields.Name | ServiceFields.Admin | ServiceFields.Details)]
    [InlineData("list:services", ServiceFields.Name | ServiceFields.Admin)]
    [InlineData("read:roles:services!service=culler", ServiceFields.Name | ServiceFields.Admin | ServiceFields.Roles)]
    [InlineData("read:services!service=other", ServiceFields.None)]
    public void Scopes_reveal_fields_of_services(string scope, ServiceFields expected) =>
        Assert.Equal(expected, VisibleFields.OfService(Expand(scope), "culler", MembershipSnapshot.Empty));

    [Theory]
    [InlineData("read:servers!server=ada/gpu", ServerFields.Details)]
    [InlineData("read:servers!server=ada/", ServerFields.None)]
    [InlineData("admin:servers!user=ada", ServerFields.Details | ServerFields.State)]
    [InlineData("admin:server_state", ServerFields.None)]
    public void Scopes_reveal_fields_of_servers(string scope, ServerFields expected) =>
        Assert.Equal(expected, VisibleFields.OfServer(Expand(scope), "ada", "gpu", MembershipSnapshot.Empty));

    [Fact]
    public void An_administrator_sees_everything()
    {
        var admin = Expand([.. BuiltInRoles.Admin.Scopes!]);
        Assert.All(Enum.GetValues<UserFields>(), field => Assert.True(VisibleFields.OfUser(admin, "ada", MembershipSnapshot.Empty).HasFlag(field)));
    }

    private static PermissionSet Expand(params string[] scopes) => ScopeEngine.BuiltIn.Expand(scopes);
}
