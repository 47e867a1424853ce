using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests;

public sealed class QuickStartTests
{
    /// <summary>What a reader of the README tries first.</summary>
    [Fact]
    public void May_this_token_stop_that_server()
    {
        var engine = ScopeEngine.BuiltIn;
        var ada = ScopeOwner.User("ada");
        var membership = new MembershipSnapshot(version: 1, [new("ben", "physics")]);
        var owner = engine.Expand([.. BuiltInRoles.User.Scopes!, "servers!group=physics"], ada);
        var token = engine.ForToken(["delete:servers", "read:servers"], ada, client: null, owner, membership);
        Assert.True(token.Allows("delete:servers", Resource.Server("ben", "gpu"), membership));
        Assert.False(token.Allows("delete:servers", Resource.Server("cem", ""), membership));
        Assert.False(token.Allows("start:servers", Resource.Server("ben", "gpu"), membership));
    }
}
