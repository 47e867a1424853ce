using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;
using Microsoft.Playwright;

namespace JupyterHub.IntegrationTests.Journeys;

/// <summary>The main job as a person sees it; the pictures are by-products.</summary>
public sealed class ChromiumJourneyTests
{
    [Fact]
    public async Task A_person_signs_in_watches_the_start_computes_stops_and_signs_out()
    {
        // The start goes on when its progress was looked at, on a machine of any speed.
        using var folder = new TestFolder();
        await using var hub = await HubProcess.StartNewAsync(hub => hub.Spawner["Command"] =
            new JsonArray("sh", "-c", $"while [ ! -e '{folder.Combine("go")}' ]; do sleep 0.1; done; exec jupyterhub-singleuser \"$@\"", "singleuser"));
        await using var chromium = await ChromiumBrowser.LaunchAsync(hub.Address);
        var page = chromium.Page;

        await page.GotoAsync("/hub/home");
        await chromium.ShootAsync("sign-in");
        await SignInAsync(chromium, "ada", hub.UserPassword);
        await page.WaitForURLAsync("**/hub/home");
        await chromium.ShootAsync("home");

        await page.ClickAsync("#start");
        await page.WaitForURLAsync("**/hub/spawn-pending/ada**");
        await page.Locator("#log li").First.WaitForAsync();
        await chromium.ShootAsync("progress");
        await File.WriteAllTextAsync(folder.Combine("go"), "");
        await page.WaitForURLAsync("**/user/ada/tree**");
        await page.Locator("#notebook_list").WaitForAsync();
        Assert.DoesNotContain(chromium.Problems, problem => problem.Contains("/hub/", StringComparison.Ordinal));

        await ComputeAsync(chromium);

        await page.GotoAsync("/hub/home");
        await page.ClickAsync("#stop");
        await page.Locator("#start").WaitForAsync();
        await page.GotoAsync("/hub/logout");
        await page.GotoAsync("/hub/home");
        await page.Locator("#username_input").WaitForAsync();
    }

    [Fact]
    public async Task Pages_are_pleasant_in_the_dark_too()
    {
        await using var hub = await HubProcess.StartNewAsync(hub => hub.HidePython());
        await using var chromium = await ChromiumBrowser.LaunchAsync(hub.Address, ColorScheme.Dark);
        var page = chromium.Page;

        await page.GotoAsync("/hub/login?next=%2Fhub%2Fhome");
        await chromium.ShootAsync("sign-in-dark");
        await SignInAsync(chromium, "ada", hub.UserPassword);
        await page.ClickAsync("#start");
        await page.WaitForURLAsync("**/user/ada/");
        await page.GetByText("connected", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await page.FillAsync("#text", "<b>hello</b>");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#answers li")).ToHaveTextAsync("<b>hello</b>");
        await chromium.ShootAsync("workspace-dark");

        var background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal("rgb(20, 22, 28)", background);
        Assert.Empty(chromium.Problems);
    }

    private static async Task SignInAsync(ChromiumBrowser chromium, string user, string password)
    {
        await chromium.Page.FillAsync("#username_input", user);
        await chromium.Page.FillAsync("#password_input", password);
        await chromium.Page.ClickAsync("#login_submit");
    }

    /// <summary>Makes a notebook from the list of files, runs a cell in it.</summary>
    private static async Task ComputeAsync(ChromiumBrowser chromium)
    {
        await chromium.Page.ClickAsync("#new-dropdown-button");
        var notebook = await chromium.Page.RunAndWaitForPopupAsync(() => chromium.Page.ClickAsync("#kernel-python3 a"));
        await notebook.Locator(".kernel_idle_icon").WaitForAsync();
        await notebook.ClickAsync(".CodeMirror");
        await notebook.Keyboard.TypeAsync("6*7");
        await notebook.Keyboard.PressAsync("Shift+Enter");
        await Assertions.Expect(notebook.Locator(".output_result").First).ToContainTextAsync("42");
        await chromium.ShootAsync("notebook", notebook);
        await notebook.CloseAsync();
    }
}
