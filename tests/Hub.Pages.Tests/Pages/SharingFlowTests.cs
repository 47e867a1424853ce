using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>Sharing from beginning to end, each person at a browser of their own, in front of a real single-user server that asks the hub.</summary>
public sealed class SharingFlowTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string File = "/user/ada/files/hello.txt";
    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Spawner = simple =>
        {
            // How long the server believes what the hub said about a visitor; five minutes unless it is told otherwise.
            simple.Command = ["jupyterhub-singleuser"];
            simple.Args = [.. Environment.IsPrivilegedProcess ? ["--allow-root"] : Array.Empty<string>(), "--HubOAuth.cache_max_age=1"];
        });
        await host.Data.GrantAsync("ada", "shares!user=ada", "list:users");
        await host.Data.UserAsync("grace");
        await host.StartServerAsync("ada");
        await System.IO.File.WriteAllTextAsync(Path.Combine(host.Folder, "data", "homes", "ada", "hello.txt"), "hello from ada");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ada_shares_with_grace_and_takes_it_back(bool hasScripts)
    {
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada", hasScripts);
        await using var grace = await PageVisitor.SignInAsync(chromium, host, "grace", hasScripts);
        Assert.Equal(403, (await grace.GoAsync(File))!.Status);

        await ada.GoAsync("/hub/sharing");
        await ada.Page.Locator("a[href='/hub/sharing/ada']").ClickAsync();
        await ada.Page.FillAsync("#name", "grace");
        await ada.Page.Locator("#share-form input[value='read:servers']").CheckAsync();
        await ada.Page.ClickAsync("#share-submit");
        await ada.Page.Locator("#notice").WaitForAsync();
        await OpenAsync(grace);

        // What she may do is changed while she is in.
        await ada.Page.Locator("details.change summary").ClickAsync();
        await ada.Page.Locator("details.change input[type=checkbox][value='read:servers']").UncheckAsync();
        await ada.Page.Locator("details.change input[type=checkbox][value='start:servers']").CheckAsync();
        await ada.Page.Locator("details.change button").ClickAsync();
        await ada.Page.Locator("#notice", new() { HasText = "What grace may do was changed." }).WaitForAsync();
        await Assertions.Expect(ada.Page.Locator("section[aria-labelledby=recipients] .can li")).ToHaveCountAsync(2);
        await grace.GoAsync("/hub/sharing");
        Assert.Equal(2, await grace.Page.Locator("section[aria-labelledby=received] .can li").CountAsync());
        Assert.Equal(200, (await grace.GoAsync(File))!.Status);

        await ada.Page.Locator("section[aria-labelledby=recipients] button.danger").ClickAsync();
        await ada.Page.Locator("#notice", new() { HasText = "not shared with grace any more" }).WaitForAsync();
        await Eventually.TrueAsync("grace is out", async () => (await grace.GoAsync(File))!.Status == 403);
        await grace.GoAsync("/hub/sharing");
        Assert.Equal(0, await grace.Page.Locator("section[aria-labelledby=received] tbody tr").CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_lets_two_people_in_until_all_sharing_ends(bool hasScripts)
    {
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada", hasScripts);
        await ada.GoAsync("/hub/sharing/ada");
        await ada.Page.SelectOptionAsync("#expires", "3600");
        await ada.Page.ClickAsync("#link-submit");
        var link = new Uri(await ada.Page.Locator("#new-link").InnerTextAsync()).PathAndQuery;
        await using var grace = await PageVisitor.SignInAsync(chromium, host, "grace", hasScripts);
        await using var linus = await PageVisitor.SignInAsync(chromium, host, "linus", hasScripts);
        foreach (var guest in new[] { grace, linus })
        {
            await guest.GoAsync(link + "&next=" + Uri.EscapeDataString("/hub/sharing"));
            await guest.Page.ClickAsync("#accept");
            await guest.Page.WaitForURLAsync("**/hub/sharing");
            await OpenAsync(guest);
        }

        await ada.GoAsync("/hub/sharing/ada");
        await ada.Page.Locator("section[aria-labelledby=links] tbody a").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("tbody th bdi")).ToHaveTextAsync(["linus", "grace"]);
        await ada.Page.WaitForLoadStateAsync();

        await ada.Page.GoBackAsync();
        await ada.Page.ClickAsync("#stop-sharing");
        await ada.Page.ClickAsync("#confirm");
        await ada.Page.Locator("#notice").WaitForAsync();
        foreach (var guest in new[] { grace, linus })
        {
            await Eventually.TrueAsync("the guest is out", async () => (await guest.GoAsync(File))!.Status == 403);
            Assert.Equal(404, (await guest.GoAsync(link))!.Status);
        }
    }

    /// <summary>The server is somebody else's, so the hub asks its guest whether it may know who comes.</summary>
    private static async Task OpenAsync(PageVisitor guest)
    {
        await guest.GoAsync(File);
        if (await guest.Page.Locator("#allow").CountAsync() > 0)
        {
            await guest.Page.ClickAsync("#allow");
            await guest.Page.WaitForURLAsync("**" + File);
        }

        Assert.Contains("hello from ada", await guest.Page.ContentAsync(), StringComparison.Ordinal);
    }
}
