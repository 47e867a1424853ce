using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Properties;

public sealed class ExplanationProperties
{
    private static readonly ScopeOwner[] Principals = [.. Worlds.Users.Select(ScopeOwner.User), .. Worlds.Services.Select(ScopeOwner.Service)];
    private static readonly ScopeOwner[] Holders = [.. Principals, .. Worlds.Groups.Select(ScopeOwner.Group)];
    private static readonly string[] RoleNames = ["one", "two", "three"];

    private static readonly Gen<Grant> Grants = Gen.Frequency(
        (3, Gen.Elements(Holders).SelectMany(_ => Gen.Elements(RoleNames), (holder, role) => (Grant)new RoleGrant(holder, role))),
        (1, Gen.Elements(Holders.Where(holder => holder.Kind != ResourceKind.Service).ToArray())
            .SelectMany(_ => Gen.Elements(Worlds.Users), (holder, owner) => (Grant)new ShareGrant(holder, owner, "gpu", [$"access:servers!server={owner}/gpu"]))));

    private static readonly Gen<RbacWorld> RandomWorlds =
        from membership in Worlds.Memberships
        from one in Worlds.RawScopes
        from two in Worlds.RawScopes
        from three in Worlds.RawScopes
        from grants in Gen.ArrayOf(Grants)
        select new RbacWorld(
            ScopeEngine.BuiltIn,
            membership,
            Principals,
            new Dictionary<string, IReadOnlyList<string>> { ["one"] = one, ["two"] = two, ["three"] = three },
            grants);

    private static readonly Gen<TokenGrant?> Tokens = Gen.OneOf(
        Gen.Constant<TokenGrant?>(null),
        Worlds.RawScopes.SelectMany(
            _ => Gen.Elements(ScopeClient.Server("ada", "gpu"), ScopeClient.Service("culler")),
            (scopes, client) => (TokenGrant?)new TokenGrant(default, scopes, client)));

    private static readonly Gen<Inquiry> Inquiries =
        from world in RandomWorlds
        from who in Gen.Elements(Principals)
        from token in Tokens
        from scope in Gen.Elements("read:users", "read:users:name", "servers", "read:servers", "access:servers", "read:hub", "tokens")
        from resource in Gen.OneOf(Gen.Constant<Resource?>(null), Gen.Elements(Worlds.Resources).Select(resource => (Resource?)resource))
        select new Inquiry(world, who, token is null ? null : token with { Owner = who }, scope, resource);

    [Fact]
    public void Taking_exactly_the_named_grants_away_changes_the_decision_and_taking_others_does_not() =>
        Check(Inquiries, inquiry =>
        {
            var explanation = inquiry.Explain();
            if (explanation.IsAllowed != inquiry.Decide(inquiry.World))
            {
                return false;
            }

            if (!explanation.IsAllowed)
            {
                return true;
            }

            var named = explanation.Grants.Select(grant => grant.Grant).ToHashSet();
            var others = inquiry.World.Grants.Where(grant => !named.Contains(grant));
            return !inquiry.Decide(inquiry.World.WithGrants(others))
                && named.All(grant => inquiry.Decide(inquiry.World.WithGrants([grant])));
        });

    [Fact]
    public void Each_proposed_scope_would_do() =>
        Check(Inquiries, inquiry =>
        {
            var explanation = inquiry.Explain();
            return explanation.Nearest.All(scope =>
            {
                var world = inquiry.World.WithRole("proposed", [scope]);
                var token = explanation.TokenLacksScope ? inquiry.Token! with { Scopes = [.. inquiry.Token.Scopes, scope] } : inquiry.Token;
                return (inquiry with { Token = token }).Decide(world.WithGrants([.. world.Grants, new RoleGrant(inquiry.Who, "proposed")]));
            }) && explanation.IsAllowed == (explanation.Nearest.Count == 0);
        });

    [Fact]
    public void Paths_lead_from_the_declared_scope_to_the_one_that_is_needed() =>
        Check(Inquiries, inquiry => inquiry.Explain().Grants.All(grant =>
            grant.Path[^1].Name == inquiry.Scope
            && grant.DeclaredScope.Split('!')[0] == grant.Path[0].Name
            && inquiry.World.ScopesOf(grant.Grant).Contains(grant.DeclaredScope)));

    [Fact]
    public void Who_can_is_who_may() =>
        Check(Inquiries, inquiry => AccessExplainer.WhoCan(inquiry.World, inquiry.Scope, inquiry.Resource)
            .SequenceEqual(Principals.Where(who => (inquiry with { Who = who, Token = null }).Decide(inquiry.World))));

    [Fact]
    public void A_difference_is_exactly_the_decisions_that_change() =>
        Check(RandomWorlds.SelectMany(_ => Worlds.RawScopes, (world, scopes) => (world, scopes)), sample =>
        {
            var after = sample.world.WithRole("one", sample.scopes);
            var changes = AccessDiff.Between(sample.world, after).ToDictionary(change => change.Who);
            return Principals.All(who =>
            {
                var (old, current) = (Worlds.Allowed(sample.world.PermissionsOf(who), after.Membership), Worlds.Allowed(after.PermissionsOf(who), after.Membership));
                if (!changes.TryGetValue(who, out var change))
                {
                    return old.SetEquals(current);
                }

                var gained = Worlds.Allowed(change.Gained, after.Membership);
                var lost = Worlds.Allowed(change.Lost, after.Membership);
                return current.Except(old).ToHashSet().SetEquals(gained.Except(old))
                    && old.Except(current).ToHashSet().SetEquals(lost.Except(current))
                    && !old.SetEquals(current);
            });
        }, tests: 100);

    [Fact]
    public void A_difference_of_memberships_is_exactly_the_decisions_that_change() =>
        Check(RandomWorlds.SelectMany(_ => Worlds.Memberships, (world, membership) => (world, membership)), sample =>
        {
            var (before, after) = (sample.world, new RbacWorld(sample.world.Engine, sample.membership, Principals, sample.world.Roles, sample.world.Grants));
            var changes = AccessDiff.Between(before, after).ToDictionary(change => change.Who);
            return Principals.All(who =>
            {
                var (old, current) = (Worlds.Allowed(before.PermissionsOf(who), before.Membership), Worlds.Allowed(after.PermissionsOf(who), after.Membership));
                if (!changes.TryGetValue(who, out var change))
                {
                    return old.SetEquals(current);
                }

                var gained = Worlds.Allowed(change.Gained, after.Membership);
                var lost = Worlds.Allowed(change.Lost, before.Membership);
                return gained.IsSubsetOf(current) && lost.IsSubsetOf(old)
                    && current.Except(old).ToHashSet().SetEquals(gained.Except(old))
                    && old.Except(current).ToHashSet().SetEquals(lost.Except(current))
                    && !old.SetEquals(current);
            });
        }, tests: 300);

    private static void Check<T>(Gen<T> samples, Func<T, bool> holds, int tests = 500) =>
        Prop.ForAll(samples.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private sealed record Inquiry(RbacWorld World, ScopeOwner Who, TokenGrant? Token, string Scope, Resource? Resource)
    {
        public Explanation Explain() => Token is null
            ? AccessExplainer.Explain(World, Who, Scope, Resource)
            : AccessExplainer.Explain(World, Token, Scope, Resource);

        public bool Decide(RbacWorld world)
        {
            var permissions = Token is null ? world.PermissionsOf(Who) : world.PermissionsOf(Token);
            return Resource is { } resource ? permissions.Allows(Scope, resource, world.Membership) : permissions.Allows(Scope);
        }
    }
}
