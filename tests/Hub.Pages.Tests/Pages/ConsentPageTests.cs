using JupyterHub.Core.OAuth;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>The question whether an application may act in somebody's name.</summary>
public sealed class ConsentPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Callback = "https://grades.example/callback";

    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        await host.Data.GrantAsync("ada", "access:services", "groups", "shares!user=ada", "read:hub", "list:users!group=course 101");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Many_scopes_are_asked_for_in_words()
    {
        await AddClientAsync(
            "grades", "Grades of the astronomy course, kept by the observatory of a rather long name",
            "read:servers!user", "start:servers!server=ada/lab", "tokens!user", "groups", "list:users!group=course 101", "shares!user", "read:hub", "access:servers!server=ada/");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ada");
        await visitor.GoAsync("/hub/api/oauth2/authorize?client_id=service-grades&response_type=code&state=abc");
        await Assertions.Expect(visitor.Page.Locator("#visitor")).ToHaveTextAsync("ada");
        await Assertions.Expect(visitor.Page.Locator("#redirect")).ToHaveTextAsync(Callback);
        await Assertions.Expect(visitor.Page.Locator("#other-host")).ToContainTextAsync("grades.example");
        await Assertions.Expect(visitor.Page.Locator("main")).ToContainTextAsync("Only for your server lab.");
        await Assertions.Expect(visitor.Page.Locator("main")).ToContainTextAsync("Only for the group course 101.");
        await Assertions.Expect(visitor.Page.Locator("#everything")).ToHaveCountAsync(0);
        await visitor.InspectAsync("consent");
    }

    [Fact]
    public async Task Everything_is_told_to_be_everything()
    {
        await AddClientAsync("wide", "Wide", "inherit");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ada");
        await visitor.GoAsync("/hub/api/oauth2/authorize?client_id=service-wide&response_type=code");
        await Assertions.Expect(visitor.Page.Locator("#everything")).ToBeVisibleAsync();
        await visitor.InspectAsync("consent-everything");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_answer_goes_to_the_client(bool hasScripts)
    {
        await AddClientAsync("plain", "Plain");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ada", hasScripts);
        await visitor.Page.Context.RouteAsync("https://grades.example/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>Back</title>" }));
        const string address = "/hub/api/oauth2/authorize?client_id=service-plain&response_type=code&state=a%26b";
        await visitor.GoAsync(address);
        await visitor.Page.ClickAsync("#deny");
        await visitor.Page.WaitForURLAsync($"{Callback}?error=access_denied&state=a%26b");
        await visitor.GoAsync(address);
        await visitor.Page.ClickAsync("#allow");
        await visitor.Page.WaitForURLAsync($"{Callback}?code=*&state=a%26b");
    }

    private async Task AddClientAsync(string name, string description, params string[] scopes)
    {
        var client = await host.Data.AddAsync(new OAuthClient
        {
            Identifier = $"service-{name}", Description = description, Secret = TokenHash.Create("secret-of-the-client"), RedirectUri = Callback,
            AllowedScopes = [.. scopes, $"access:services!service={name}"],
        });
        await host.Data.AddAsync(new HubService { Name = name, OAuthClientId = client.Identifier });
    }
}
