using JupyterHub.Core.Announcements;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>What is around every page: title, logo, links, announcement, footer, colours.</summary>
public sealed class FrameTests(Chromium chromium, FrameHub hub) : IClassFixture<Chromium>, IClassFixture<FrameHub>
{
    private const string Page = PageNames.All;

    [Fact]
    public async Task The_operators_title_logo_and_colours_are_on_every_page()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, hub.Host, "ada");
        await Assertions.Expect(visitor.Page).ToHaveTitleAsync("Home · Institute of Physics");
        Assert.Equal(56, await visitor.Page.Locator(".brand img").EvaluateAsync<int>("image => Math.round(image.getBoundingClientRect().width)"));
        Assert.Equal("rgb(11, 110, 138)", await visitor.Page.Locator("footer a").First.EvaluateAsync<string>("link => getComputedStyle(link).color"));
        await visitor.InspectAsync("custom-home");
    }

    [Fact]
    public async Task A_long_announcement_with_a_link_fits()
    {
        var text = "On Sunday from 06:00 to 12:00 all servers are stopped, because the storage is moved to another building. " +
            "Save your work before. Details: https://status.example.org/maintenance/2026-11/" + new string('x', 120) + " and [the plan](https://example.org/plan).\n" +
            string.Concat(Enumerable.Repeat("More about it. ", 60));
        await SetAsync(text);
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        await visitor.GoAsync("/hub/login");
        await Assertions.Expect(visitor.Page.Locator("#announcement a")).ToHaveCountAsync(2);
        await visitor.InspectAsync("announcement-long");
    }

    [Fact]
    public async Task An_announcement_from_right_to_left_reads_so()
    {
        await SetAsync("צפויה תחזוקה ביום ראשון. פרטים: https://status.example.org/ .");
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        await visitor.GoAsync("/hub/login");
        Assert.Equal("rtl", await visitor.Page.Locator("#announcement").EvaluateAsync<string>("section => getComputedStyle(section).direction"));
        await visitor.InspectAsync("announcement-rtl");
    }

    [Fact]
    public async Task Markup_in_an_announcement_is_text()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        visitor.Page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);
        foreach (var text in HostileTexts.All)
        {
            await SetAsync(text);
            await visitor.GoAsync("/hub/login");
            var children = await visitor.Page.Locator("#announcement *").EvaluateAllAsync<string[]>("found => found.map(element => element.tagName + ' ' + element.getAttributeNames().join())");
            Assert.All(children, child => Assert.Equal("A href,rel", child));
        }
    }

    [Fact]
    public async Task Colours_are_remembered()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        await visitor.GoAsync("/hub/login");
        var root = visitor.Page.Locator("html");
        var button = visitor.Page.Locator("#theme");
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "Colours of the system");
        await button.ClickAsync();
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await visitor.GoAsync("/hub/nothing");
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "Dark colours");
        Assert.Equal("rgb(18, 22, 28)", await visitor.Page.Locator("body").EvaluateAsync<string>("body => getComputedStyle(body).backgroundColor"));
        await button.ClickAsync();
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", "light");
        await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await visitor.Page.ReloadAsync();
        Assert.Equal("rgb(244, 246, 248)", await visitor.Page.Locator("body").EvaluateAsync<string>("body => getComputedStyle(body).backgroundColor"));
        await button.ClickAsync();
        await Assertions.Expect(root).Not.ToHaveAttributeAsync("data-theme", "light");
        Assert.Equal("rgb(18, 22, 28)", await visitor.Page.Locator("body").EvaluateAsync<string>("body => getComputedStyle(body).backgroundColor"));
    }

    [Fact]
    public async Task Names_of_every_length_fit_at_the_top()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = configured =>
        {
            configured.Pages.Title = string.Concat(Enumerable.Repeat("Zentrum für Datenverarbeitung ", 3)).Trim();
            for (var index = 0; index < 8; index++)
            {
                configured.Pages.Links[$"Link number {index}"] = $"/{index}";
            }
        });
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, $"👩🏽‍🔬-שלום-{new string('w', 60)}");
        await visitor.GoAsync("/hub/nothing");
        await visitor.InspectAsync("frame-long-names");
    }

    [Fact]
    public async Task The_keyboard_skips_to_the_content()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, hub.Host, "ada");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToBeInViewportAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("main")).ToBeFocusedAsync();
    }

    private async Task SetAsync(string text) => await hub.Host.Get<PageAnnouncements>().SetAsync(Page, text, "user root", CancellationToken.None);
}
