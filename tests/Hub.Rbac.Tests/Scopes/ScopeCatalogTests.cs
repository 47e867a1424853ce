using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Scopes;

public sealed class ScopeCatalogTests
{
    /// <summary>Contract 4.1, written down apart from the code's own table.</summary>
    private const string Contract = """
        (no_scope)
        self
        inherit
        admin-ui
        admin:users > admin:auth_state users read:roles:users delete:users
        admin:auth_state
        delete:users
        users > read:users list:users users:activity
        list:users > read:users:name
        read:users > read:users:name read:users:groups read:users:activity
        read:users:name
        read:users:groups
        read:users:activity
        users:activity > read:users:activity
        read:roles > read:roles:users read:roles:services read:roles:groups
        read:roles:users
        read:roles:services
        read:roles:groups
        admin:servers > admin:server_state servers
        admin:server_state
        servers > read:servers start:servers delete:servers
        read:servers > read:users:name
        start:servers
        delete:servers
        tokens > read:tokens
        read:tokens
        admin:groups > groups read:roles:groups delete:groups
        groups > read:groups list:groups
        list:groups > read:groups:name
        read:groups > read:groups:name
        read:groups:name
        delete:groups
        admin:services > list:services read:services read:roles:services
        list:services > read:services:name
        read:services > read:services:name
        read:services:name
        read:hub
        access:servers
        access:services
        users:shares > read:users:shares
        read:users:shares
        groups:shares > read:groups:shares
        read:groups:shares
        read:shares
        shares > access:servers read:shares users:shares groups:shares
        proxy
        shutdown
        read:metrics
        """;

    [Fact]
    public void Holds_the_scopes_of_the_contract_with_their_subscopes()
    {
        var expected = Contract.Split('\n').Order(StringComparer.Ordinal);
        var actual = ScopeCatalog.BuiltIn.Scopes
            .Select(scope => scope.Subscopes.Count == 0 ? scope.Name : $"{scope.Name} > {string.Join(' ', scope.Subscopes)}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);
        Assert.Equal(48, ScopeCatalog.BuiltIn.Scopes.Count);
    }

    [Fact]
    public void Describes_every_scope_in_a_sentence_of_its_own()
    {
        Assert.All(ScopeCatalog.BuiltIn.Scopes, scope => Assert.EndsWith(".", scope.Description, StringComparison.Ordinal));
        Assert.Equal(48, ScopeCatalog.BuiltIn.Scopes.Select(scope => scope.Description).Distinct().Count());
    }

    [Theory]
    [InlineData("admin:users", "read:users:name", true)]
    [InlineData("users", "users", true)]
    [InlineData("users", "admin:users", false)]
    [InlineData("servers", "read:tokens", false)]
    public void Knows_what_implies_what(string scope, string other, bool implies) =>
        Assert.Equal(implies, ScopeCatalog.BuiltIn[scope].Implies(ScopeCatalog.BuiltIn[other]));

    [Fact]
    public void Names_that_do_not_exist_are_refused_with_a_suggestion()
    {
        var error = Assert.Throws<ScopeException>(() => ScopeCatalog.BuiltIn["read:user"]).Error;
        Assert.Equal("read:users", error.Suggestion);
    }
}
