using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Pages.Tests.Browsing;
using JupyterHub.Pages.Tests.Pages.Spawn;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>What the tests of single pages leave open for browsers that run no scripts.</summary>
public sealed class WithoutScriptsTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private Stage stage = null!;
    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        stage = await Stage.OpenAsync();
        host = await stage.HubAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Sign_in_start_without_options_waiting_server_stop_and_sign_out_follow_each_other()
    {
        var gate = new TaskCompletionSource();
        stage.OnStart = (_, token) => gate.Task.WaitAsync(token);
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host, hasScripts: false);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/home");
        await SignInAsync(page, "wrong");
        await Assertions.Expect(page.Locator("#login-error")).ToBeVisibleAsync();
        Assert.Equal("ada", await page.InputValueAsync("#username_input"));
        await SignInAsync(page, HubHost.Password);
        await page.WaitForURLAsync("**/hub/home");

        await page.ClickAsync("#start");
        await page.WaitForURLAsync("**/hub/spawn-pending/ada**");
        gate.SetResult();
        await page.WaitForURLAsync("**/user/ada/");
        await Assertions.Expect(page.Locator("#here")).ToBeVisibleAsync();

        await visitor.GoAsync("/hub/home");
        await page.ClickAsync("#stop");
        await page.Locator("#start").WaitForAsync();
        Assert.False(host.Get<ServerSupervisor>().GetStatus("ada", "").IsActive);
        await page.ClickAsync("#logout");
        await page.Locator("#username_input").WaitForAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task To_look_again_makes_no_second_token(bool hasScripts)
    {
        var name = hasScripts ? "grace" : "joan";
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, name, hasScripts);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/token");
        await page.FillAsync("#note", "only once");
        await page.ClickAsync("#create");
        await page.Locator("#token-value").WaitForAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#token-value")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("table.tokens tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#notice")).ToHaveCountAsync(hasScripts ? 0 : 1);
        Assert.Single(await host.Data.ListAsync<HubToken>(), token => token.Note == "only once");

        // The form that came with the list makes another.
        await page.FillAsync("#note", "another");
        await page.ClickAsync("#create");
        await page.Locator("#token-value").WaitForAsync();
        Assert.Single(await host.Data.ListAsync<HubToken>(), token => token.Note == "another");
    }

    [Fact]
    public async Task To_look_again_makes_no_second_link()
    {
        await host.Data.GrantAsync("emmy", "shares!user=emmy");
        await host.Data.SpawnerAsync("emmy", "lab");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "emmy", hasScripts: false);
        await visitor.GoAsync("/hub/sharing/emmy/lab");
        await visitor.Page.ClickAsync("#link-submit");
        await visitor.Page.Locator("#new-link").WaitForAsync();
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Page.Locator("#new-link")).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("#notice")).ToBeVisibleAsync();
        Assert.Single(await host.Data.ListAsync<ShareCode>());
    }

    private static async Task SignInAsync(IPage page, string password)
    {
        await page.FillAsync("#username_input", "ada");
        await page.FillAsync("#password_input", password);
        await page.ClickAsync("#login_submit");
    }
}
