using JupyterHub.Core.Events;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Events as they happen.</summary>
public sealed class EventPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Events_arrive_while_a_server_starts_can_be_paused_and_filtered()
    {
        await using var host = await HubHost.StartAsync();
        await host.Data.UserAsync("ada");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/events");
        await Assertions.Expect(page.Locator("#connection")).ToHaveClassAsync("state ready");
        await host.StartServerAsync("ada");
        await Assertions.Expect(page.Locator("#events > li").First).ToContainTextAsync("The server of ada is ready.");
        await Assertions.Expect(page.Locator("#events > li").Nth(1)).ToContainTextAsync("The server of ada is being started.");

        await page.ClickAsync("#pause");
        var shown = await page.Locator("#events > li").CountAsync();
        host.Get<HubEvents>().Add(HubEventKind.GroupCreated, AdminNames.RightToLeft + AdminNames.Emoji);
        host.Get<HubEvents>().Add(HubEventKind.GroupCreated, AdminNames.Long + "<img src=x onerror=alert(1)>");
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("paused");
        Assert.Equal(shown, await page.Locator("#events > li").CountAsync());
        await page.ClickAsync("#pause");
        await Assertions.Expect(page.Locator("#events > li").Filter(new LocatorFilterOptions { HasText = "<img src=x" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#events img")).ToHaveCountAsync(0);
        await visitor.InspectAsync("admin-events");

        await page.SelectOptionAsync("#event-kind", "server");
        await Assertions.Expect(page.Locator("#events > li:visible")).ToHaveCountAsync(2);
        await page.FillAsync("#event-text", "being started");
        await Assertions.Expect(page.Locator("#events > li:visible")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_scripts_the_newest_are_shown_with_a_way_to_look_again()
    {
        await using var host = await HubHost.StartAsync();
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root", hasScripts: false);
        for (var number = 0; number < 150; number++)
        {
            host.Get<HubEvents>().Add(HubEventKind.GroupCreated, $"group-{number}");
        }

        await visitor.GoAsync("/hub/admin/events");
        await Assertions.Expect(visitor.Page.Locator("#events > li")).ToHaveCountAsync(100);
        host.Get<HubEvents>().Add(HubEventKind.GroupCreated, "the-last-one");
        await visitor.Page.ClickAsync("#reload");
        await Assertions.Expect(visitor.Page.Locator("#events > li").First).ToContainTextAsync("the-last-one");
    }
}
