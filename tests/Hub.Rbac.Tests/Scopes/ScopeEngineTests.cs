using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Scopes;

public sealed class ScopeEngineTests
{
    private static readonly ScopeEngine Engine = ScopeEngine.BuiltIn;
    private static readonly ScopeOwner Ada = ScopeOwner.User("ada");
    private static readonly ScopeOwner Culler = ScopeOwner.Service("culler");
    private static readonly MembershipSnapshot Physics = new(1, [new("ada", "physics"), new("ben", "physics")]);

    [Fact]
    public void Self_is_fifteen_scopes_of_a_user_and_nothing_of_others()
    {
        Assert.Equal(15, Engine.Expand(["self"], Ada).ToScopes().Count);
        Assert.All(Engine.Expand(["self"], Ada).ToScopes(), scope => Assert.EndsWith("!user=ada", scope, StringComparison.Ordinal));
        Assert.True(Engine.Expand(["self"], Culler).IsEmpty);
        Assert.True(Engine.Expand(["self"], ScopeOwner.Group("physics")).IsEmpty);
        Assert.True(Engine.Expand(["self"]).IsEmpty);
    }

    [Fact]
    public void Inherit_stays_a_word() => Assert.Equal(["inherit"], Engine.Expand(["inherit"], Ada).ToScopes());

    [Fact]
    public void Short_filters_mean_owner_and_client()
    {
        Assert.Equal(["read:hub!user=ada"], Engine.Expand(["read:hub!user", "read:hub!service", "read:hub!server"], Ada).ToScopes());
        Assert.Equal(["read:hub!service=culler"], Engine.Expand(["read:hub!user", "read:hub!service"], Culler).ToScopes());
        Assert.Equal(["read:hub!service=other"], Engine.Expand(["read:hub!service"], Culler, ScopeClient.Service("other")).ToScopes());
        Assert.Equal(["read:hub!server=ben/"], Engine.Expand(["read:hub!server"], Ada, ScopeClient.Server("ben", "")).ToScopes());
    }

    [Theory]
    [InlineData("read:users:shares!server=ada/gpu")]
    [InlineData("read:users!server")]
    public void A_server_filter_leaves_nothing_of_scopes_about_users(string scope) =>
        Assert.True(Engine.Expand([scope], Ada, ScopeClient.Server("ada", "gpu")).IsEmpty);

    [Fact]
    public void An_unfiltered_scope_swallows_its_filtered_forms() =>
        Assert.Equal(["read:hub"], Engine.Expand(["read:hub!user=ada", "read:hub", "read:hub!group=g"]).ToScopes());

    [Fact]
    public void An_unknown_scope_or_filter_is_an_error()
    {
        Assert.Equal(ScopeErrorKind.UnknownScope, Assert.Throws<ScopeException>(() => Engine.Expand(["nope"])).Error.Kind);
        Assert.Equal(ScopeErrorKind.UnknownFilter, Assert.Throws<ScopeException>(() => Engine.Validate(["self", "users!x=y"])).Error.Kind);
    }

    [Fact]
    public void A_token_gets_the_access_scope_of_its_client_only_if_the_owner_has_it()
    {
        var owner = Engine.Union(Engine.Expand(["self"], Ada), Engine.Expand(["access:servers!server=ben/lab"]));
        var permissions = Engine.ForToken([], Ada, ScopeClient.Server("ben", "lab"), owner, Physics);
        Assert.Equal(["access:servers!server=ben/lab", "read:users:groups!user=ada", "read:users:name!user=ada"], permissions.ToScopes());
        Assert.False(Engine.ForToken([], Ada, ScopeClient.Server("cem", "lab"), owner, Physics).Holds("access:servers"));
        Assert.False(Engine.ForToken([], Ada, ScopeClient.Service("culler"), owner, Physics).Holds("access:services"));
    }

    [Fact]
    public void A_token_with_inherit_is_its_owner()
    {
        var owner = Engine.Expand(["self"], Ada);
        Assert.Same(owner, Engine.ForToken(["read:hub", "inherit"], Ada, null, owner, Physics));
    }

    [Fact]
    public void A_stored_scope_that_exists_no_more_gives_nothing() =>
        Assert.Equal(
            ["read:users:groups!user=ada", "read:users:name!user=ada"],
            Engine.ForToken(["custom:gone"], Ada, null, Engine.Expand(["self"], Ada), Physics).ToScopes());

    [Fact]
    public void A_services_token_knows_its_name() =>
        Assert.Equal(["read:services:name!service=culler"], Engine.ForToken([], Culler, null, Engine.Expand(["read:services"]), Physics).ToScopes());

    [Fact]
    public void A_new_token_may_not_ask_beyond_its_owner()
    {
        var owner = Engine.Expand(["self", "read:hub!group=physics"], Ada);
        Assert.True(Engine.BeyondOwner(["inherit", "servers!user"], Ada, null, owner, Physics).IsEmpty);
        Assert.True(Engine.BeyondOwner(["read:hub!user=ben"], Ada, null, owner, Physics).IsEmpty);
        Assert.Equal(["shutdown"], Engine.BeyondOwner(["self", "shutdown"], Ada, null, owner, Physics).ToScopes());
    }

    [Fact]
    public void Two_groups_have_nothing_in_common_whoever_is_in_both()
    {
        var both = new MembershipSnapshot(1, [new("ada", "physics"), new("ada", "maths")]);
        Assert.True(Engine.Intersect(Engine.Expand(["read:hub!group=physics"]), Engine.Expand(["read:hub!group=maths"]), both).IsEmpty);
        Assert.Equal(["read:hub!user=ada"], Engine.Intersect(Engine.Expand(["read:hub!group=physics"]), Engine.Expand(["read:hub!user=ada"]), both).ToScopes());
    }

    [Fact]
    public void A_request_is_answered_the_same_in_any_order()
    {
        string[] requested = ["servers", "shares", "read:servers!user", "self"];
        var expected = Engine.Resolve(requested, ["self"], Ada, null, Physics);
        var reversed = Engine.Resolve(requested.Reverse(), ["self"], Ada, null, Physics);
        Assert.Equal(expected.Allowed, reversed.Allowed);
        Assert.Equal(["servers", "shares"], expected.Refused);
    }

    /// <summary>Below and above the number of names that one word can mark.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(500)]
    public void Intersects_few_and_many_filters_alike(int count)
    {
        var membership = new MembershipSnapshot(1, [new("u1", "g"), new("u3", "h")]);
        var first = ScopeEngine.BuiltIn.Expand(Enumerable.Range(0, count).Select(i => i % 2 == 0 ? $"read:hub!user=u{i}" : $"read:hub!server=u{i}/s"));
        var second = ScopeEngine.BuiltIn.Expand([.. Enumerable.Range(0, count - 2).Select(i => $"read:hub!user=u{2 * i}"), "read:hub!group=g", "read:hub!server=u5/s"]);

        string[] expected =
        [
            .. Enumerable.Range(0, count).Where(i => i % 2 == 0 && i < 2 * (count - 2)).Select(i => $"read:hub!user=u{i}"),
            "read:hub!server=u1/s",
            "read:hub!server=u5/s",
        ];
        Array.Sort(expected, StringComparer.Ordinal);
        Assert.Equal(expected, ScopeEngine.BuiltIn.Intersect(first, second, membership).ToScopes());
        Assert.Equal(expected, ScopeEngine.BuiltIn.Intersect(second, first, membership).ToScopes());
    }
}
