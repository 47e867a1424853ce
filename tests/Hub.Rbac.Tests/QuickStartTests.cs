using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests;

public sealed class QuickStartTests
{
    /// <summary>What a reader of the documentation tries first; it quotes the lines between the marks.</summary>
    [Fact]
    public void May_this_token_stop_that_server()
    {
        // <example>
        var engine = ScopeEngine.BuiltIn;
        var ada = ScopeOwner.User("ada");
        var membership = new MembershipSnapshot(version: 1, [new("ben", "physics")]);
        var owner = engine.Expand([.. BuiltInRoles.User.Scopes!, "servers!group=physics"], ada);
        var token = engine.ForToken(["delete:servers", "read:servers"], ada, client: null, owner, membership);

        var stopsBens = token.Allows("delete:servers", Resource.Server("ben", "gpu"), membership);  // true: ben is in physics
        var stopsCems = token.Allows("delete:servers", Resource.Server("cem", ""), membership);     // false: cem is not
        var startsBens = token.Allows("start:servers", Resource.Server("ben", "gpu"), membership);  // false: the token was not given it
        // </example>
        Assert.Equal((true, false, false), (stopsBens, stopsCems, startsBens));
    }
}
