using System.Diagnostics;
using System.Globalization;
using JupyterHub.Core.Servers;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Stopping many servers: the question, the page that shows how far it is, and what could not be stopped.</summary>
public sealed class AdminStopPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_page_follows_until_the_last_server_is_stopped()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple => (simple.InterruptTimeout, simple.TermTimeout) = (300, 300));
        foreach (var (name, mode) in new[] { ("ada", "normal"), ("grace", "normal"), ("stubborn", "nosignals") })
        {
            await host.Data.UserAsync(name);
            await host.StartServerAsync(name, mode);
        }

        var process = await ProcessOfAsync(host, "stubborn");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin");
        await page.ClickAsync("#stop-all");
        await Assertions.Expect(page.Locator("#question")).ToContainTextAsync("3 servers");
        await visitor.InspectAsync("admin-stop-question");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("2 of 3 servers are stopped.");
        await visitor.InspectAsync("admin-stop-progress");

        // The page is left; the hub goes on. Whoever comes back sees how far it is.
        var address = page.Url;
        await visitor.GoAsync("/hub/admin");
        await page.GotoAsync(address);
        process.Kill();
        await Assertions.Expect(page.Locator("#stopping[data-over=yes]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("3 of 3 servers are stopped.");
        await visitor.InspectAsync("admin-stop-over");
        Assert.All(host.Get<ServerSupervisor>().Statuses, status => Assert.False(status.IsActive));
    }

    private static async Task<Process> ProcessOfAsync(HubHost host, string user)
    {
        var id = (await host.Data.UserAsync(user)).Id;
        var row = (await host.Data.ListAsync<HubSpawner>()).Single(spawner => spawner.UserId == id);
        return Process.GetProcessById(int.Parse(row.State!["pid"]!.ToString(), CultureInfo.InvariantCulture));
    }
}
