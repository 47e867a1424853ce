using FsCheck;
using FsCheck.Fluent;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Properties;

public sealed class EngineProperties
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;

    [Fact]
    public void Expansion_is_idempotent() =>
        Check(Worlds.RawScopes, scopes =>
        {
            var once = Engine.Expand(scopes, ScopeOwner.User("ada"), ScopeClient.Server("ben", "gpu"));
            return Engine.Expand(once.ToScopes()).Equals(once);
        });

    [Fact]
    public void Expansion_is_monotone() =>
        Check(Worlds.RawScopes.Two().SelectMany(_ => Worlds.Memberships, (scopes, membership) => (scopes, membership)), sample =>
        {
            var ((less, more), membership) = sample;
            var part = Engine.Expand(less, ScopeOwner.User("ada"), null);
            var whole = Engine.Expand([.. more, .. less], ScopeOwner.User("ada"), null);
            return Worlds.Allowed(part, membership).IsSubsetOf(Worlds.Allowed(whole, membership));
        });

    [Fact]
    public void Expanding_together_is_the_union() =>
        Check(Worlds.RawScopes.Two(), sample =>
            Engine.Expand([.. sample.Item1, .. sample.Item2], ScopeOwner.User("ada")).Equals(
                Engine.Union(Engine.Expand(sample.Item1, ScopeOwner.User("ada")), Engine.Expand(sample.Item2, ScopeOwner.User("ada")))));

    [Fact]
    public void A_compiled_set_decides_as_its_scope_strings_say() =>
        Check(WithMembership(Worlds.Scopes), sample =>
        {
            var set = Worlds.Expand(sample.Scopes);
            var strings = set.ToScopes();
            return Worlds.Resources.All(resource => ScopeCatalog.BuiltIn.Scopes.All(scope =>
                set.Allows(scope, resource, sample.Membership) == ReadStrings(strings, scope.Name, resource, sample.Membership)));
        });

    [Fact]
    public void Union_allows_what_either_allows() =>
        Check(TwoWithMembership(Worlds.Scopes), sample =>
        {
            var expected = Worlds.Allowed(Worlds.Expand(sample.First), sample.Membership);
            expected.UnionWith(Worlds.Allowed(Worlds.Expand(sample.Second), sample.Membership));
            return Worlds.Allowed(Engine.Union(Worlds.Expand(sample.First), Worlds.Expand(sample.Second)), sample.Membership).SetEquals(expected);
        });

    [Fact]
    public void Intersection_is_commutative_and_never_allows_what_a_side_does_not() =>
        Check(TwoWithMembership(Worlds.Scopes), sample =>
        {
            var (first, second) = (Worlds.Expand(sample.First), Worlds.Expand(sample.Second));
            var common = Engine.Intersect(first, second, sample.Membership);
            var allowed = Worlds.Allowed(common, sample.Membership);
            return common.Equals(Engine.Intersect(second, first, sample.Membership))
                && allowed.IsSubsetOf(Worlds.Allowed(first, sample.Membership))
                && allowed.IsSubsetOf(Worlds.Allowed(second, sample.Membership));
        });

    [Fact]
    public void Intersection_without_groups_is_exact_and_associative() =>
        Check(Worlds.UngroupedScopes.Three(), sample =>
        {
            var (first, second, third) = (Worlds.Expand(sample.Item1), Worlds.Expand(sample.Item2), Worlds.Expand(sample.Item3));
            var common = Intersect(first, second);
            var expected = Worlds.Allowed(first, MembershipSnapshot.Empty);
            expected.IntersectWith(Worlds.Allowed(second, MembershipSnapshot.Empty));
            return Worlds.Allowed(common, MembershipSnapshot.Empty).SetEquals(expected)
                && Intersect(common, third).Equals(Intersect(first, Intersect(second, third)));
        });

    [Fact]
    public void Intersection_with_itself_is_itself() =>
        Check(WithMembership(Worlds.Scopes), sample =>
            Engine.Intersect(Worlds.Expand(sample.Scopes), Worlds.Expand(sample.Scopes), sample.Membership).Equals(Worlds.Expand(sample.Scopes)));

    [Fact]
    public void A_token_never_exceeds_its_owner() =>
        Check(TwoWithMembership(Worlds.RawScopes), sample =>
        {
            var ada = ScopeOwner.User("ada");
            var owner = Engine.Expand(sample.First, ada);
            var token = Engine.ForToken(sample.Second, ada, ScopeClient.Server("ben", "gpu"), owner, sample.Membership);
            return Worlds.Allowed(token, sample.Membership).IsSubsetOf(Worlds.Allowed(owner, sample.Membership));
        });

    [Fact]
    public void A_resolution_never_allows_what_is_not_held() =>
        Check(TwoWithMembership(Worlds.RawScopes), sample =>
        {
            var ada = ScopeOwner.User("ada");
            var resolution = Engine.Resolve(sample.First, sample.Second, ada, null, sample.Membership);
            var allowed = Worlds.Allowed(Engine.Expand(resolution.Allowed, ada), sample.Membership);
            return allowed.IsSubsetOf(Worlds.Allowed(Engine.Expand(sample.Second, ada), sample.Membership))
                && resolution.Refused.All(sample.First.Contains);
        });

    [Fact]
    public void A_bare_server_name_covers_no_server() =>
        Check(Gen.Elements(Worlds.ServerNames.Where(name => name.Length > 0).ToArray()), name =>
            Worlds.Resources.Where(resource => resource.Kind == ResourceKind.Server)
                .All(resource => !Worlds.Expand([$"servers!server={name}"]).Allows("servers", resource, MembershipSnapshot.Empty)));

    [Fact]
    public void Writing_and_reading_a_scope_returns_it() =>
        Check(Worlds.RawScopes, scopes => scopes.All(scope => ScopeCatalog.BuiltIn.Parse(scope).ToString() == scope));

    [Fact]
    public void Reading_anything_ends_with_a_scope_or_an_error_of_the_parser() =>
        Check(Gen.OneOf(ArbMap.Default.GeneratorFor<string>(), Worlds.RawScopes.SelectMany(scopes => Gen.Choose(0, 40), Damage)), text =>
        {
            var parsed = ScopeCatalog.BuiltIn.TryParse(text, out var scope, out var error);
            return parsed ? error is null && scope.Scope is not null : error is not null && error.Position >= 0 && error.Position <= (text ?? "").Length;
        });

    private static PermissionSet Intersect(PermissionSet first, PermissionSet second) => Engine.Intersect(first, second, MembershipSnapshot.Empty);

    private static string Damage(string[] scopes, int at)
    {
        var text = string.Join('!', scopes);
        return at < text.Length ? text.Remove(at, 1) + text[at] : text + '=';
    }

    // Contract 4.7 over plain strings, written apart from the engine.
    private static bool ReadStrings(IReadOnlyList<string> strings, string scope, Resource resource, MembershipSnapshot membership)
    {
        var byUser = resource.Kind is ResourceKind.User or ResourceKind.Server;
        var own = resource.Kind switch
        {
            ResourceKind.User => $"!user={resource.Name}",
            ResourceKind.Group => $"!group={resource.Name}",
            ResourceKind.Service => $"!service={resource.Name}",
            _ => $"!server={resource.Name}/{resource.ServerName}",
        };
        return strings.Contains(scope)
            || strings.Contains(scope + own)
            || (byUser && strings.Contains($"{scope}!user={resource.Name}"))
            || (byUser && membership.GroupsOf(resource.Name).Any(group => strings.Contains($"{scope}!group={group}")));
    }

    private static Gen<(string[] Scopes, MembershipSnapshot Membership)> WithMembership(Gen<string[]> scopes) =>
        scopes.SelectMany(_ => Worlds.Memberships, (some, membership) => (some, membership));

    private static Gen<(string[] First, string[] Second, MembershipSnapshot Membership)> TwoWithMembership(Gen<string[]> scopes) =>
        scopes.Two().SelectMany(_ => Worlds.Memberships, (two, membership) => (two.Item1, two.Item2, membership));

    private static void Check<T>(Gen<T> samples, Func<T, bool> holds) =>
        Prop.ForAll(samples.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
