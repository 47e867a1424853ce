using JupyterHub.Core.Servers;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>The main job without a mouse, with a real single-user server behind.</summary>
public sealed class KeyboardJourneyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_person_signs_in_starts_opens_stops_and_signs_out_by_keyboard()
    {
        using var homes = new TestFolder();
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple =>
        {
            // The start goes on when its progress was looked at, on a machine of any speed.
            simple.Command = ["sh", "-c", "while [ ! -e \"$0\" ]; do sleep 0.1; done; exec jupyterhub-singleuser \"$@\"", homes.Combine("go")];
            (simple.StartTimeout, simple.HttpTimeout) = (600, 600);
            simple.Args = Environment.IsPrivilegedProcess ? ["--allow-root"] : [];
            simple.HomeDirTemplate = homes.Combine("{username}");
        });
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host);
        try
        {
            await TravelAsync(visitor, host, homes.Combine("go"));
            Assert.DoesNotContain(visitor.Problems, problem => problem.Contains("/hub/", StringComparison.Ordinal));
        }
        finally
        {
            // The server's own pages are not what is looked at here.
            visitor.ExpectProblems();
        }
    }

    private static async Task TravelAsync(PageVisitor visitor, HubHost host, string go)
    {
        var (page, keyboard) = (visitor.Page, new Keyboard(visitor.Page));

        await visitor.GoAsync("/hub/home");
        await Assertions.Expect(page.Locator("#username_input")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ada");
        await keyboard.TypeAsync("#password_input", HubHost.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/hub/home");

        await keyboard.PressAsync("#start");
        await page.WaitForURLAsync("**/hub/spawn-pending/ada**");
        await page.Locator("#log li").First.WaitForAsync();
        await keyboard.ReachAsync("#cancel");
        await File.WriteAllTextAsync(go, "");
        await ComeFromServerAsync(page, keyboard);

        await keyboard.PressAsync("#open");
        await ComeFromServerAsync(page, keyboard);

        await keyboard.PressAsync("#stop", "Space");
        await page.Locator("#start").WaitForAsync();
        Assert.False(host.Get<ServerSupervisor>().GetStatus("ada", "").IsActive);

        await keyboard.PressAsync("#logout");
        await page.Locator("#username_input").WaitForAsync();
        await visitor.GoAsync("/hub/home");
        await page.WaitForURLAsync("**/hub/login**");
    }

    /// <summary>A page of the server itself, for which it asked the hub who comes; its link to the hub leads home.</summary>
    private static async Task ComeFromServerAsync(IPage page, Keyboard keyboard)
    {
        await page.WaitForURLAsync("**/user/ada/tree**");
        await keyboard.PressAsync("a[href$='/hub/home']");
        await page.WaitForURLAsync("**/hub/home");
    }
}
