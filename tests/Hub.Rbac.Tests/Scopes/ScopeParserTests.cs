using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Tests.Scopes;

public sealed class ScopeParserTests
{
    private static readonly ScopeCatalog Catalog = ScopeCatalog.BuiltIn;

    [Theory]
    [InlineData("servers", null, null)]
    [InlineData("servers!user", ResourceKind.User, null)]
    [InlineData("servers!server", ResourceKind.Server, null)]
    [InlineData("servers!service", ResourceKind.Service, null)]
    [InlineData("servers!user=ada", ResourceKind.User, "ada")]
    [InlineData("servers!group=g=odd!x", ResourceKind.Group, "g=odd!x")]
    [InlineData("servers!server=ada/", ResourceKind.Server, "ada/")]
    public void Reads_scope_and_filter_and_writes_them_back(string text, ResourceKind? kind, string? value)
    {
        var scope = Catalog.Parse(text);
        Assert.Same(Catalog["servers"], scope.Scope);
        Assert.Equal(kind, scope.Filter);
        Assert.Equal(value, scope.Value);
        Assert.Equal(text, scope.ToString());
    }

    [Fact]
    public void A_mark_without_a_filter_is_none() => Assert.Equal("users", Catalog.Parse("users!").ToString());

    [Theory]
    [InlineData("read:user", ScopeErrorKind.UnknownScope, 0, "read:users")]
    [InlineData("read:user!user=ada", ScopeErrorKind.UnknownScope, 0, "read:users!user=ada")]
    [InlineData("all", ScopeErrorKind.UnknownScope, 0, "inherit")]
    [InlineData("acess:servers", ScopeErrorKind.UnknownScope, 0, "access:servers")]
    [InlineData("Servers", ScopeErrorKind.UnknownScope, 0, "servers")]
    [InlineData("nothing-like-it", ScopeErrorKind.UnknownScope, 0, null)]
    [InlineData("", ScopeErrorKind.UnknownScope, 0, null)]
    [InlineData("!user", ScopeErrorKind.UnknownScope, 0, null)]
    [InlineData("servers!users=ada", ScopeErrorKind.UnknownFilter, 8, "servers!user=ada")]
    [InlineData("servers!planet=x", ScopeErrorKind.UnknownFilter, 8, null)]
    [InlineData("servers!=x", ScopeErrorKind.UnknownFilter, 8, null)]
    [InlineData("servers!group", ScopeErrorKind.MissingFilterValue, 13, null)]
    [InlineData("servers!user=", ScopeErrorKind.MissingFilterValue, 13, null)]
    public void Says_what_is_wrong_where_and_what_may_have_been_meant(string text, ScopeErrorKind kind, int position, string? suggestion)
    {
        Assert.False(Catalog.TryParse(text, out _, out var error));
        Assert.Equal((kind, position, suggestion, text), (error.Kind, error.Position, error.Suggestion, error.Scope));
        if (suggestion is not null)
        {
            Assert.Contains($"did you mean '{suggestion}'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Messages_are_the_ones_that_clients_know()
    {
        Assert.StartsWith("Scope 'nope' does not exist", Assert.Throws<ScopeException>(() => Catalog.Parse("nope")).Message, StringComparison.Ordinal);
        Assert.StartsWith("Scope filter '!planet=x' in scope 'users!planet=x' does not exist", Assert.Throws<ScopeException>(() => Catalog.Parse("users!planet=x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_bounded_and_clean()
    {
        var message = Assert.Throws<ScopeException>(() => Catalog.Parse("a\r\n\u001b[31m" + new string('x', 100_000))).Message;
        Assert.True(message.Length < 500);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void Strings_that_no_scope_can_be_are_refused_for_their_length()
    {
        Assert.False(Catalog.TryParse("users!user=" + new string('x', 5000), out _, out var error));
        Assert.Equal(ScopeErrorKind.TooLong, error.Kind);
    }
}
