using JupyterHub.Core.Authorization;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Pages.Tests.Browsing;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>An invitation as its reader meets it.</summary>
public sealed class AcceptSharePageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private HubHost host = null!;
    private string link = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        await host.Data.GrantAsync("ada", "shares!user=ada");
        var row = await host.Data.SpawnerAsync("ada", "lab");
        var authority = await host.Get<IAuthorities>().OfUserAsync(row.UserId, CancellationToken.None);
        var ada = new Requester { Kind = RequesterKind.User, Id = row.UserId, Name = "ada", Admin = false, Authority = authority };
        var made = await host.Get<ShareCodes>().CreateAsync(
            ada, new ServerName("ada", "lab"), ["access:servers", "servers", "read:shares"], TimeSpan.FromDays(1), CancellationToken.None);
        link = "/hub/accept-share?code=" + made.Value!.Code;
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task It_says_in_words_what_is_given_and_afterwards_that_it_was()
    {
        await using var grace = await PageVisitor.SignInAsync(chromium, host, "grace");
        await grace.GoAsync(link);
        Assert.Equal(1, await grace.Page.Locator("#not-running").CountAsync());
        await grace.InspectAsync("accept-share");

        var start = await host.Get<ServerSupervisor>().StartAsync("ada", "lab", new(UserOptions: new() { ["mode"] = "normal" }), CancellationToken.None);
        Assert.Null(await start.Completion.WaitAsync(Eventually.Deadline));
        await grace.Page.ReloadAsync();
        Assert.Equal(0, await grace.Page.Locator("#not-running").CountAsync());
        await grace.InspectAsync("accept-share-running");

        await grace.GoAsync(link + "&next=%2Fhub%2Fsharing");
        await grace.Page.ClickAsync("#accept");
        await grace.Page.WaitForURLAsync("**/hub/sharing");
        await grace.GoAsync(link);
        Assert.Equal("/user/ada/lab/", await grace.Page.Locator("#open").GetAttributeAsync("href"));
        Assert.Equal(0, await grace.Page.Locator("#accept").CountAsync());
        await grace.InspectAsync("accept-share-accepted");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_that_is_none_says_what_to_do(bool hasScripts)
    {
        await using var grace = await PageVisitor.SignInAsync(chromium, host, "grace", hasScripts);
        foreach (var (path, status) in new[] { ("/hub/accept-share?code=nope", 404), ("/hub/accept-share", 400), (link[..^1], 404) })
        {
            Assert.Equal(status, (await grace.GoAsync(path))!.Status);
            Assert.Equal(1, await grace.Page.Locator("#error-message").CountAsync());
        }

        if (hasScripts)
        {
            await grace.InspectAsync("accept-share-refused");
        }
    }

    [Fact]
    public async Task The_owner_is_sent_to_the_sharing_of_the_server()
    {
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        Assert.Equal(403, (await ada.GoAsync(link))!.Status);
        await ada.InspectAsync("accept-share-own");
        await ada.Page.ClickAsync("#sharing");
        await ada.Page.WaitForURLAsync("**/hub/sharing/ada/lab");
    }
}
