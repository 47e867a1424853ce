using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Explanations;

public sealed class AccessExplainerTests
{
    private static readonly ScopeOwner Ada = ScopeOwner.User("ada");
    private static readonly ScopeOwner Ben = ScopeOwner.User("ben");
    private static readonly ScopeOwner Culler = ScopeOwner.Service("culler");
    private static readonly MembershipSnapshot Membership = new(1, [new("ada", "ops"), new("ben", "physics")]);

    private static readonly RbacWorld World = new(
        ScopeEngine.BuiltIn,
        Membership,
        [Ada, Ben, Culler],
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["user"] = ["self"],
            ["helper"] = ["admin:servers!group=physics", "delete:servers!server=ben/gpu"],
            ["culler"] = ["read:servers", "delete:servers"],
        },
        [new RoleGrant(Ada, "user"), new RoleGrant(Ben, "user"), new RoleGrant(ScopeOwner.Group("ops"), "helper"), new RoleGrant(Culler, "culler")]);

    [Fact]
    public void Names_the_role_the_group_the_scope_and_the_filter()
    {
        var explanation = AccessExplainer.Explain(World, Ada, "start:servers", Resource.Server("ben", "gpu"));
        Assert.True(explanation.IsAllowed);
        var grant = Assert.Single(explanation.Grants);
        Assert.Equal(new RoleGrant(ScopeOwner.Group("ops"), "helper"), grant.Grant);
        Assert.Equal("admin:servers!group=physics", grant.DeclaredScope);
        Assert.Equal(["admin:servers", "servers", "start:servers"], grant.Path.Select(scope => scope.Name));
        Assert.Equal((FilterMatch.Member, "physics"), (grant.Match, grant.MatchedGroup));
        Assert.Equal(
            "user ada has start:servers on server ben/gpu:\n  role helper of group ops: admin:servers!group=physics (admin:servers > servers > start:servers), by membership in physics",
            explanation.ToString());
    }

    [Fact]
    public void Prefers_the_shortest_account()
    {
        var grant = Assert.Single(AccessExplainer.Explain(World, Ada, "delete:servers", Resource.Server("ben", "gpu")).Grants);
        Assert.Equal(("delete:servers!server=ben/gpu", FilterMatch.Name), (grant.DeclaredScope, grant.Match));
    }

    [Fact]
    public void Self_is_a_step_of_the_way()
    {
        var grant = Assert.Single(AccessExplainer.Explain(World, Ben, "start:servers", Resource.Server("ben", "")).Grants);
        Assert.Equal(["self", "servers", "start:servers"], grant.Path.Select(scope => scope.Name));
        Assert.Equal(FilterMatch.Owner, grant.Match);
    }

    [Fact]
    public void Says_that_nobody_granted_it_and_what_would_do()
    {
        var explanation = AccessExplainer.Explain(World, Ada, "read:tokens", Resource.Service("culler"));
        Assert.Equal(DenialReason.FilteredElsewhere, explanation.Denial);
        explanation = AccessExplainer.Explain(World, Ada, "shutdown", null);
        Assert.Equal(DenialReason.NotGranted, explanation.Denial);
        Assert.Equal(["shutdown"], explanation.Nearest);
    }

    [Fact]
    public void Says_that_it_was_granted_for_others_and_what_would_do()
    {
        var explanation = AccessExplainer.Explain(World, Ben, "delete:servers", Resource.Server("ada", "gpu"));
        Assert.Equal(DenialReason.FilteredElsewhere, explanation.Denial);
        Assert.Equal(FilterMatch.Elsewhere, Assert.Single(explanation.Grants).Match);
        Assert.Equal(["delete:servers!server=ada/gpu", "delete:servers!user=ada", "delete:servers!group=ops", "delete:servers"], explanation.Nearest);
    }

    [Fact]
    public void A_filter_that_makes_a_scope_meaningless_is_not_proposed() =>
        Assert.Equal(
            ["read:users:name!user=ada", "read:users:name!group=ops", "read:users:name"],
            AccessExplainer.Explain(World, Ben, "read:users:name", Resource.Server("ada", "gpu")).Nearest);

    [Fact]
    public void Blames_the_token_when_its_owner_may()
    {
        var token = new TokenGrant(Ada, ["read:servers!group=physics"]);
        var explanation = AccessExplainer.Explain(World, token, "delete:servers", Resource.Server("ben", "gpu"));
        Assert.Equal(DenialReason.TokenCeiling, explanation.Denial);
        Assert.True(explanation.TokenLacksScope);
        Assert.Equal("delete:servers!server=ben/gpu", explanation.Nearest[0]);
        Assert.Contains("the owner has it", explanation.ToString(), StringComparison.Ordinal);

        var allowed = AccessExplainer.Explain(World, token, "read:servers", Resource.Server("ben", "gpu"));
        Assert.Equal("read:servers!group=physics", Assert.Single(allowed.Grants).TokenScope);
    }

    [Fact]
    public void Knows_who_can()
    {
        Assert.Equal([Ada, Ben, Culler], AccessExplainer.WhoCan(World, "delete:servers", Resource.Server("ben", "gpu")));
        Assert.Equal([Culler], AccessExplainer.WhoCan(World, "delete:servers", null));
        Assert.Throws<ScopeException>(() => AccessExplainer.WhoCan(World, "nope", null));
    }

    [Fact]
    public void Knows_what_a_change_gives_and_takes()
    {
        var changes = AccessDiff.Between(World, World.WithRole("helper", ["read:servers", "delete:servers!server=ben/gpu"]));
        var change = Assert.Single(changes);
        Assert.Equal(Ada, change.Who);
        Assert.Equal(["read:servers", "read:users:name"], change.Gained.ToScopes());
        Assert.Equal(
            ["admin:server_state!group=physics", "admin:servers!group=physics", "delete:servers!group=physics", "servers!group=physics", "start:servers!group=physics"],
            change.Lost.ToScopes());
        Assert.Empty(AccessDiff.Between(World, World.WithRole("culler", ["delete:servers", "read:servers", "read:servers!user=ada"])));
    }
}
