using JupyterHub.Core.Servers;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>The list of users, as administrators meet it: alone, in a crowd, with and without scripts, by keyboard alone.</summary>
public sealed class AdminUsersPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_hub_with_nobody_else_shows_the_administrator()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync("/hub/admin");
        await Assertions.Expect(visitor.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await visitor.InspectAsync("admin-users-alone");
    }

    [Fact]
    public async Task Whoever_may_list_nobody_is_told_so()
    {
        await host.Data.GrantAsync("guide", "admin-ui");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "guide");
        await visitor.GoAsync("/hub/admin");
        await Assertions.Expect(visitor.Page.Locator("#empty")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-users-none-visible");
    }

    [Fact]
    public async Task A_crowd_is_shown_searched_and_sorted()
    {
        await AdminCrowd.FillAsync(host);
        await host.StartServerAsync("student07");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin?size=100");
        await visitor.InspectAsync("admin-users");

        // The fifty servers of one of them.
        await page.Locator("tr.more summary").First.ClickAsync();
        await Assertions.Expect(page.Locator("tr.more li")).ToHaveCountAsync(10);
        await page.FillAsync("#search", AdminCrowd.Busy);
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("th[scope=row]")).ToHaveCountAsync(1);
        await page.Locator("tr.more summary").ClickAsync();
        await visitor.InspectAsync("admin-users-servers");
        await page.ClickAsync("#clear");
        await page.SelectOptionAsync("#state", "active");
        await Assertions.Expect(page.Locator("th[scope=row]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the server of student07" }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await page.FillAsync("#search", "nobody has this name");
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("#empty")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-users-no-result");
    }

    [Fact]
    public async Task It_works_without_scripts()
    {
        await AdminCrowd.FillAsync(host);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root", hasScripts: false);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin");
        await page.ClickAsync("#next-page");
        await Assertions.Expect(page.Locator("#previous-page")).ToBeVisibleAsync();
        await page.FillAsync("#search", "student07");
        await page.ClickAsync("#apply");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the server of student07" }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await Eventually.TrueAsync("the server", () => host.Get<ServerSupervisor>().GetStatus("student07", "").IsReady);
        await page.ReloadAsync();
        Assert.Equal("student07", await page.InputValueAsync("#search"));

        // Stopping all of the list: a question, a page that renews itself, and its end.
        await page.ClickAsync("#stop-all");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#stopping[data-over=yes]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("1 of 1 server is stopped.");
        Assert.False(host.Get<ServerSupervisor>().GetStatus("student07", "").IsActive);
        await page.ClickAsync("#back");
        await page.WaitForURLAsync("**search=student07**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the server of student07" }).ClickAsync();
        await Eventually.TrueAsync("the server", () => host.Get<ServerSupervisor>().GetStatus("student07", "").IsReady);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the server of student07" }).ClickAsync();
        await Eventually.TrueAsync("its end", () => !host.Get<ServerSupervisor>().GetStatus("student07", "").IsActive);
    }

    [Fact]
    public async Task It_works_by_keyboard_alone()
    {
        await host.Data.UserAsync("student07");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin");
        await TabToAsync(page, "search");
        await page.Keyboard.TypeAsync("student07");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("th[scope=row]")).ToHaveCountAsync(1);
        await TabToAsync(page, "Start the server of student07");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await Eventually.TrueAsync("the server", () => host.Get<ServerSupervisor>().GetStatus("student07", "").IsReady);
        await page.ReloadAsync();
        await TabToAsync(page, "Stop the server of student07");
        await page.Keyboard.PressAsync("Space");
        await Eventually.TrueAsync("its end", () => !host.Get<ServerSupervisor>().GetStatus("student07", "").IsActive);
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await TabToAsync(page, "student07");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/hub/admin/users/student07");
        await TabToAsync(page, "delete");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#question")).ToBeVisibleAsync();
        await TabToAsync(page, "confirm");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        Assert.DoesNotContain(await host.Data.ListAsync<Core.Users.HubUser>(), user => user.Name == "student07");
    }

    /// <summary>Presses Tab until what has the focus has this id, label or text.</summary>
    private static async Task TabToAsync(IPage page, string wanted)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("wanted => [document.activeElement.id, document.activeElement.ariaLabel, document.activeElement.textContent.trim()].includes(wanted)", wanted))
            {
                return;
            }
        }

        Assert.Fail($"Tab never reaches {wanted}.");
    }
}
