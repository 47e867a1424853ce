using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Scopes;

public sealed class CustomScopeTests
{
    [Theory]
    [InlineData("custom:abc", true)]
    [InlineData("custom:0-_:*x", true)]
    [InlineData("custom:jupyter_server:read:*", true)]
    [InlineData("custom:ab", false)]
    [InlineData("custom:", false)]
    [InlineData("custom:Abc", false)]
    [InlineData("custom:_abc", false)]
    [InlineData("custom:abc-", false)]
    [InlineData("custom:abc:", false)]
    [InlineData("custom:ab c", false)]
    [InlineData("custom:abc\n", false)]
    [InlineData("custom:äbc", false)]
    [InlineData("read:mine", false)]
    public void Names_follow_the_rule(string name, bool valid)
    {
        if (valid)
        {
            Assert.True(ScopeCatalog.BuiltIn.Extend([new(name, "Something.")])[name].IsCustom);
        }
        else
        {
            Assert.Equal(ScopeErrorKind.InvalidDefinition, Refused(new CustomScope(name, "Something.")).Kind);
        }
    }

    [Fact]
    public void A_description_is_required() => Assert.Contains("needs a description", Refused(new CustomScope("custom:abc", "")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("read:users", "only custom scopes")]
    [InlineData("custom:other", "not defined with it")]
    [InlineData("custom:known", "only custom scopes that are defined with it")]
    public void Subscopes_are_custom_scopes_of_the_same_definition(string subscope, string message)
    {
        var catalog = ScopeCatalog.BuiltIn.Extend([new("custom:known", "Known before.")]);
        var exception = Assert.Throws<ScopeException>(() => catalog.Extend([new("custom:abc", "Something.", [subscope])]));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_definition_again_changes_nothing_and_another_is_refused()
    {
        var catalog = ScopeCatalog.BuiltIn.Extend([new("custom:abc", "Something.")]);
        Assert.Same(catalog, catalog.Extend([new("custom:abc", "Something.")]));
        Assert.Throws<ScopeException>(() => catalog.Extend([new("custom:abc", "Something else.")]));
        Assert.Throws<ScopeException>(() => catalog.Extend([new("custom:abc", "Something."), new("custom:abc", "Something.")]));
    }

    [Fact]
    public void They_expand_like_built_in_scopes()
    {
        var engine = new ScopeEngine(ScopeCatalog.BuiltIn.Extend(
            [new("custom:all", "All.", ["custom:read", "custom:write"]), new("custom:read", "Read."), new("custom:write", "Write.")]));
        Assert.Equal(
            ["custom:all!user=ada", "custom:read!user=ada", "custom:write!user=ada"],
            engine.Expand(["custom:all!user"], ScopeOwner.User("ada")).ToScopes());
    }

    [Fact]
    public void A_circle_means_the_same_scope_under_several_names()
    {
        var engine = new ScopeEngine(ScopeCatalog.BuiltIn.Extend([new("custom:one", "One.", ["custom:two"]), new("custom:two", "Two.", ["custom:one"])]));
        Assert.True(engine.Expand(["custom:two"]).Allows("custom:one"));
        Assert.True(engine.Catalog["custom:one"].Implies(engine.Catalog["custom:one"]));
    }

    [Fact]
    public void More_scopes_than_a_word_has_bits_are_kept_apart()
    {
        var engine = new ScopeEngine(ScopeCatalog.BuiltIn.Extend(Enumerable.Range(0, 200).Select(i => new CustomScope($"custom:scope{i}", $"Number {i}."))));
        var set = engine.Expand(["custom:scope150", "custom:scope199!user=ada", "read:hub"]);
        Assert.Equal(["custom:scope150", "custom:scope199!user=ada", "read:hub"], set.ToScopes());
        Assert.Equal(set, engine.Intersect(set, engine.Union(set, engine.Expand(["custom:scope3", "custom:scope199"])), MembershipSnapshot.Empty));
        Assert.False(set.Holds("custom:scope22"));
    }

    [Fact]
    public void A_scope_of_another_catalogue_grants_nothing()
    {
        var first = new ScopeEngine(ScopeCatalog.BuiltIn.Extend([new("custom:first", "First.")]));
        var second = new ScopeEngine(ScopeCatalog.BuiltIn.Extend([new("custom:second", "Second.")]));
        var set = first.Expand(["custom:first", "read:hub"]);
        Assert.False(set.Allows(second.Catalog["custom:second"]));
        Assert.False(set.Holds(second.Catalog["custom:second"]));
        Assert.True(set.Allows(second.Catalog["read:hub"]));
        Assert.False(first.Catalog["custom:first"].Implies(second.Catalog["custom:second"]));
        Assert.Throws<ArgumentException>(() => second.Union(set, PermissionSet.Empty));
        Assert.NotEqual(set, second.Expand(["custom:second", "read:hub"]));
    }

    private static ScopeError Refused(CustomScope scope) =>
        Assert.Throws<ScopeException>(() => ScopeCatalog.BuiltIn.Extend([scope])).Error;
}
