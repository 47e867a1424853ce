using JupyterHub.AspNetCore.Pages.InWords;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>Scopes in words, as the pages for tokens and consent show them.</summary>
public sealed class ScopeTextsTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private ScopeTexts Texts => fixture.Host.Get<ScopeTexts>();

    [Theory]
    [InlineData("read:users", null)]
    [InlineData("read:users!user", "Only for you.")]
    [InlineData("read:users!user=ada", "Only for you.")]
    [InlineData("read:users!user=grace", "Only for grace.")]
    [InlineData("servers!user=ada", "Only for your servers.")]
    [InlineData("tokens!user", "Only for your tokens.")]
    [InlineData("users:shares!user", "Only for what is shared with you.")]
    [InlineData("list:users!group=a=b", "Only for the group a=b.")]
    [InlineData("access:servers!server", "Only for the server that asks.")]
    [InlineData("access:servers!server=ada/", "Only for your default server.")]
    [InlineData("access:servers!server=ada/lab", "Only for your server lab.")]
    [InlineData("access:servers!server=grace/", "Only for the default server of grace.")]
    [InlineData("access:servers!server=grace/lab", "Only for the server lab of grace.")]
    [InlineData("access:services!service=app", "Only for the service app.")]
    [InlineData("access:services!service", "Only for the service that asks.")]
    public void A_limit_has_words(string scope, string? limit)
    {
        var text = Texts.Of(scope, "ada");
        Assert.Equal(limit, text.Limit is { } sentence ? string.Concat(sentence.Parts().Select(part => part.Text)) : null);
        Assert.Equal((scope, scope.Split('!')[0]), (text.Value, text.Name));
        Assert.NotEmpty(text.Description);
    }

    [Fact]
    public void Every_scope_is_about_something()
    {
        var groups = Texts.Group(ScopeCatalog.BuiltIn.Scopes.Select(scope => scope.Name), "ada");
        Assert.Equal(ScopeCatalog.BuiltIn.Scopes.Count, groups.Sum(group => group.Scopes.Count));
        Assert.Equal(Enum.GetValues<ScopeSubject>().Except([ScopeSubject.Custom]), groups.Select(group => group.Subject));
        Assert.All(groups.SelectMany(group => group.Scopes), scope => Assert.NotEmpty(scope.Description));
        Assert.Equal(
            ["admin-ui", "read:hub", "proxy", "shutdown", "read:metrics"],
            groups.Single(group => group.Subject == ScopeSubject.Hub).Scopes.Select(scope => scope.Name));
    }

    [Theory]
    [InlineData("custom:gone")]
    [InlineData("<b>nothing</b>!user=x")]
    [InlineData("")]
    public void What_this_hub_does_not_know_is_shown_as_it_is(string scope) =>
        Assert.Equal(new ScopeText(scope, scope, "", null, ScopeSubject.Custom), Texts.Of(scope, "ada"));
}
