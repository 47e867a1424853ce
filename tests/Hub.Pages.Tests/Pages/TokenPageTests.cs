using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>Tokens in a browser: asked for, shown once, used, revoked.</summary>
public sealed class TokenPageTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Without_tokens_there_is_a_form()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "ada");
        await visitor.GoAsync("/hub/token");
        await Assertions.Expect(visitor.Page.Locator("#no-tokens")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("#scopes")).ToBeHiddenAsync();
        await visitor.InspectAsync("token-empty");
        await visitor.Page.CheckAsync("#gives-chosen");
        await visitor.Page.SelectOptionAsync("#lifetime", "days");
        await Assertions.Expect(visitor.Page.Locator("#days")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("#until")).ToBeHiddenAsync();
        await visitor.InspectAsync("token-form");
    }

    [Fact]
    public async Task A_token_is_made_copied_used_with_exactly_its_scopes_and_revoked()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "grace");
        var page = visitor.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visitor.GoAsync("/hub/token");
        await page.FillAsync("#note", "my script");
        await page.SelectOptionAsync("#lifetime", "3600");
        await page.CheckAsync("#gives-chosen");
        await page.FillAsync("#find", "EDIT servers");
        await Assertions.Expect(page.Locator("#scopes [data-item]:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#scopes [data-group]:visible")).ToHaveCountAsync(1);
        await page.FillAsync("#find", "");
        await page.CheckAsync("input[name=scopes][value='read:servers!user=grace']");
        await page.FillAsync("#written", "access:servers!server=grace/lab");
        await page.ClickAsync("#create");
        var token = (await page.Locator("#token-value").TextContentAsync())!;
        await visitor.InspectAsync("token-new");
        await page.ClickAsync("#copy");
        await page.WaitForFunctionAsync("token => navigator.clipboard.readText().then(text => text === token)", token);
        Assert.EndsWith("/hub/token", page.Url, StringComparison.Ordinal);

        using var known = await Host.SendAsync("GET", "/hub/api/user", token);
        var scopes = (await known.JsonAsync())["scopes"]!.AsArray().Select(scope => (string)scope!).ToList();
        Assert.Equal(["access:servers!server=grace/lab", "read:servers!user=grace", "read:users:groups!user=grace", "read:users:name!user=grace"], scopes);
        using var refused = await Host.SendAsync("POST", "/hub/api/users/grace/server", token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#new-token")).ToHaveCountAsync(0);
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        var row = page.Locator("table.tokens tbody tr", new() { HasText = "my script" });
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await row.Locator("button").ClickAsync();
        await visitor.InspectAsync("token-revoke");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        using var gone = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.Forbidden, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_its_field()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "joan");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/token");
        await page.FillAsync("#note", "keeps what was typed");
        await page.SelectOptionAsync("#lifetime", "until");
        await page.FillAsync("#until", "2001-01-01T00:00");
        await page.CheckAsync("#gives-chosen");
        await page.FillAsync("#written", "acess:servers!server=joan/lab");
        await page.ClickAsync("#create");
        await Assertions.Expect(page.Locator("#lifetime-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#written-error")).ToContainTextAsync("access:servers");
        await Assertions.Expect(page.Locator("#note")).ToHaveValueAsync("keeps what was typed");
        await Assertions.Expect(page.Locator("#until")).ToHaveValueAsync("2001-01-01T00:00");
        await Assertions.Expect(page.Locator("#written")).ToHaveValueAsync("acess:servers!server=joan/lab");
        await visitor.InspectAsync("token-error");
    }

    [Fact]
    public async Task Hundreds_of_tokens_and_many_applications_are_shown_in_pages()
    {
        var user = await Host.Data.UserAsync("katherine");
        for (var index = 0; index < 300; index++)
        {
            await Host.Data.TokenAsync(new NewToken
            {
                UserId = user.Id,
                Note = index switch { 299 => new string('n', 255), 298 => "🔑 مفتاح الاختبار", 297 => "", _ => $"token {index}" },
                Scopes = index % 3 == 0 ? ["inherit"] : ["read:servers!user", "tokens!user"],
                ExpiresIn = index % 2 == 0 ? TimeSpan.FromDays(index + 1) : null,
            });
        }

        await Host.StartServerAsync("katherine");
        foreach (var application in new[] { "Grades", "天文学のノート " + new string('g', 80) })
        {
            var client = await Host.Data.AddAsync(new OAuthClient { Identifier = $"service-{Guid.NewGuid():N}", Description = application, Secret = "x", RedirectUri = "/x" });
            await Host.Data.TokenAsync(new NewToken { UserId = user.Id, ClientId = client.Identifier, Scopes = ["read:users!user"], SessionId = "one" });
            await Host.Data.TokenAsync(new NewToken { UserId = user.Id, ClientId = client.Identifier, Scopes = ["read:users!user"], SessionId = "two" });
        }

        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "katherine");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/token");
        await Assertions.Expect(page.Locator("#tokens > .scroll tbody tr")).ToHaveCountAsync(50);
        await Assertions.Expect(page.Locator("#server-tokens tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#server-tokens tbody tr")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#applications tbody tr")).ToHaveCountAsync(2);
        await visitor.InspectAsync("token");
        await page.ClickAsync("a[rel=next]");
        await page.WaitForURLAsync("**/hub/token?page=2#tokens");
        await Assertions.Expect(page.Locator("#tokens > .scroll tbody tr")).ToHaveCountAsync(50);

        await page.Locator("#applications tr", new() { HasText = "Grades" }).Locator("button").ClickAsync();
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#applications tbody tr")).ToHaveCountAsync(1);

        await page.ClickAsync("#revoke-all");
        await visitor.InspectAsync("token-revoke-all");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#no-tokens")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#server-tokens tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#applications tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_administrator_sees_all_scopes()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root");
        await visitor.GoAsync("/hub/token");
        await visitor.Page.CheckAsync("#gives-chosen");
        await Assertions.Expect(visitor.Page.Locator("#scopes [data-group]")).ToHaveCountAsync(8);
        await visitor.InspectAsync("token-administrator");
    }

    [Fact]
    public async Task Signing_out_everywhere_is_asked_and_done()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "radia");
        await using var elsewhere = await PageVisitor.SignInAsync(chromium, Host, "radia");
        await visitor.GoAsync("/hub/token");
        await visitor.Page.ClickAsync("#sign-out-everywhere");
        await visitor.InspectAsync("token-sign-out");
        await visitor.Page.ClickAsync("#confirm");
        await visitor.Page.WaitForURLAsync("**/hub/login**");
        await elsewhere.GoAsync("/hub/home");
        await elsewhere.Page.WaitForURLAsync("**/hub/login**");
    }

    [Fact]
    public async Task Everything_works_without_scripts()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "frances", hasScripts: false);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/token");
        await page.FillAsync("#note", "plain");
        await page.SelectOptionAsync("#lifetime", "days");
        await page.FillAsync("#days", "3");
        await page.CheckAsync("#gives-chosen");
        await page.CheckAsync("input[name=scopes][value='read:users:name!user=frances']");
        await page.ClickAsync("#create");
        var token = (await page.Locator("#token-value").TextContentAsync())!;
        await Assertions.Expect(page.Locator("#copy")).ToBeHiddenAsync();
        using var known = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal("frances", (string)(await known.JsonAsync())["name"]!);
        await page.Locator("table.tokens tbody tr", new() { HasText = "plain" }).Locator("button").ClickAsync();
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#no-tokens")).ToBeVisibleAsync();
    }
}
