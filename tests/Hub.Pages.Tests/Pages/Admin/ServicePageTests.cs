using JupyterHub.Core.Services;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Services as an administrator meets them.</summary>
public sealed class ServicePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_is_made_shows_its_token_once_and_is_deleted(bool hasScripts)
    {
        await using var host = await HubHost.StartAsync();
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root", hasScripts);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/services");
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-services-empty");
        }

        await page.FillAsync("#name", "wiki");
        await page.FillAsync("#url", "javascript:alert(1)");
        await page.ClickAsync("#create-service");
        await Assertions.Expect(page.Locator("#url-error")).ToBeVisibleAsync();
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-services-error");
        }

        await page.FillAsync("#url", "http://127.0.0.1:9");
        await page.ClickAsync("#create-service");
        await Assertions.Expect(page.Locator("#token")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{32}$"));
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-service-made");
        }

        await visitor.GoAsync("/hub/admin/services");
        await Assertions.Expect(page.Locator("#services tbody th")).ToContainTextAsync(["wiki"]);
        await page.ClickAsync("#services button");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync("wiki");
        await Assertions.Expect(page.Locator("#services")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Services_of_every_kind_are_shown()
    {
        await using var host = await HubHost.StartAsync();
        await host.Data.ServiceTokenAsync("culler", "list:users", "read:servers");
        await host.Data.AddAsync(new HubService { Name = AdminNames.Emoji, Url = "http://127.0.0.1:10101/a/very/long/path/that/goes/on/and/on", Admin = true, FromConfig = true });
        await host.Data.AddAsync(new HubService { Name = AdminNames.RightToLeft, Url = "javascript:alert(1)", FromConfig = false });
        await host.Data.AddAsync(new HubService { Name = AdminNames.Long, Command = ["run"], FromConfig = true });
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync("/hub/admin/services");
        await visitor.InspectAsync("admin-services");
    }
}
