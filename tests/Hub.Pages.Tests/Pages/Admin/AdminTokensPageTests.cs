using JupyterHub.Core.Tokens;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Everybody's tokens, as administrators meet them.</summary>
public sealed class AdminTokensPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_hub_without_tokens_says_so()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync("/hub/admin/tokens");
        await Assertions.Expect(visitor.Page.Locator("#empty")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-tokens-none");
    }

    [Fact]
    public async Task Tokens_are_found_and_revoked()
    {
        await AdminCrowd.FillAsync(host);
        await AdminCrowd.FillTokensAsync(host);
        await host.Data.UserTokenAsync(AdminCrowd.Long);
        await host.StartServerAsync("student07");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/tokens");
        await page.Locator("table.tokens summary").First.ClickAsync();
        await visitor.InspectAsync("admin-tokens");
        await page.FillAsync("#note", "laptop");
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await visitor.InspectAsync("admin-token-revoke");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#empty")).ToBeVisibleAsync();
        Assert.DoesNotContain(await host.Data.ListAsync<HubToken>(), token => token.Note == "my laptop");
        await page.ClickAsync("#clear");
        await page.SelectOptionAsync("#use", "no-expiry");
        await page.WaitForURLAsync("**use=no-expiry*");
        await page.GetByRole(AriaRole.Link, new() { Name = "Expires" }).ClickAsync();
        await Assertions.Expect(page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync("Expires ▴");
    }
}
