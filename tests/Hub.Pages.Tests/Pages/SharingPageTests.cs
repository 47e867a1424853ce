using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>The sharing pages in their telling states.</summary>
public sealed class SharingPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_may_not_share_is_told_whom_to_ask_and_meets_no_form()
    {
        await host.Data.SpawnerAsync("ada", "lab");
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/home");
        await ada.Page.Locator("nav a[href='/hub/sharing']").ClickAsync();
        Assert.Contains("shares", await ada.Page.Locator("#not-enabled").InnerTextAsync(), StringComparison.Ordinal);
        await ada.InspectAsync("sharing-not-enabled");
        await ada.Page.Locator("a[href='/hub/sharing/ada/lab']").ClickAsync();
        await ada.Page.WaitForURLAsync("**/hub/sharing/ada/lab");
        Assert.Equal(1, await ada.Page.Locator("#not-enabled").CountAsync());
        Assert.Equal(0, await ada.Page.Locator("main form").CountAsync());
        await ada.InspectAsync("sharing-server-not-enabled");
    }

    [Fact]
    public async Task A_server_that_nobody_shares_yet()
    {
        await AllowAdaAsync("list:users", "list:groups");
        await host.Data.UserAsync("grace");
        await host.Data.GroupAsync("physics", "grace");
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing/ada");
        Assert.Equal(1, await ada.Page.Locator("#name").CountAsync());
        Assert.Equal(["grace", "root", "physics"], await ada.Page.Locator("#names option").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));
        Assert.False(await ada.Page.Locator("#custom").IsVisibleAsync());
        await ada.InspectAsync("sharing-server-empty");
    }

    [Fact]
    public async Task Who_may_name_nobody_shares_by_a_link()
    {
        await AllowAdaAsync();
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing/ada");
        Assert.Equal(0, await ada.Page.Locator("#share-form").CountAsync());
        Assert.Equal(1, await ada.Page.Locator("#no-names").CountAsync());
        Assert.Equal(1, await ada.Page.Locator("#link-form").CountAsync());
        await ada.InspectAsync("sharing-server-links-only");
    }

    [Fact]
    public async Task Thirty_recipients_with_names_of_all_kinds()
    {
        await AllowAdaAsync("list:users", "list:groups");
        var server = await host.Data.SpawnerAsync("ada", "lab");
        foreach (var name in (string[])[.. OddNames, .. Enumerable.Range(0, 24).Select(number => $"student-{number:00}")])
        {
            var user = await host.Data.UserAsync(name);
            await ShareAsync(server.Id, server.UserId, user.Id, null, "access:servers!server=ada/lab", "read:servers!server=ada/lab");
        }

        var group = await host.Data.GroupAsync("Quantum & <b>gravity</b> قراءة");
        await ShareAsync(server.Id, server.UserId, null, group.Id, "access:servers!server=ada/lab", "servers!server=ada/lab", "custom:thing!server=ada/lab");
        await CodeAsync(server.Id, server.UserId, "one", 3);
        await CodeAsync(server.Id, server.UserId, "two", 0);
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing/ada/lab");
        Assert.Equal(25, await ada.Page.Locator("#recipients ~ table tbody tr").CountAsync());
        await ada.InspectAsync("sharing-server-full");
        await ada.Page.Locator("section[aria-labelledby=recipients] a[rel=next]").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#recipients ~ table tbody tr")).ToHaveCountAsync(5);
        await ada.Page.Locator("details.change summary").Last.ClickAsync();
        await ada.InspectAsync("sharing-server-change");
        await ada.GoAsync("/hub/sharing");
        await ada.InspectAsync("sharing");
    }

    [Fact]
    public async Task What_is_shared_with_me_can_be_opened_and_left()
    {
        foreach (var (owner, name) in new[] { ("grace", ""), (OddNames[0], "lab"), (OddNames[1], "") })
        {
            var server = await host.Data.SpawnerAsync(owner, name);
            await ShareAsync(server.Id, server.UserId, (await host.Data.UserAsync("ada")).Id, null, $"access:servers!server={owner}/{name}", $"read:servers!server={owner}/{name}");
        }

        var shared = await host.Data.SpawnerAsync("linus", "kernel");
        await ShareAsync(shared.Id, shared.UserId, null, (await host.Data.GroupAsync("hackers", "ada")).Id, "shares!server=linus/kernel");
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing");
        Assert.Equal(3, await ada.Page.Locator("section[aria-labelledby=received] button.danger").CountAsync());
        await ada.InspectAsync("sharing-received");
        await ada.Page.Locator("section[aria-labelledby=received] button.danger").First.ClickAsync();
        await ada.InspectAsync("sharing-leave");
        await ada.Page.ClickAsync("#confirm");
        await ada.Page.Locator("#notice").WaitForAsync();
        await Assertions.Expect(ada.Page.Locator("section[aria-labelledby=received] button.danger")).ToHaveCountAsync(2);

        // A share can make somebody look after a server of another.
        await ada.Page.Locator("section[aria-labelledby=others] a[href='/hub/sharing/linus/kernel']").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#link-form")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_link_is_shown_once_and_its_uses_afterwards()
    {
        await AllowAdaAsync("read:users:name!group=friends");
        await host.Data.GroupAsync("friends", OddNames);
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing/ada");
        await ada.Page.Locator("#link-form input[value='start:servers']").CheckAsync();
        await ada.Page.SelectOptionAsync("#expires", "custom");
        await ada.Page.FillAsync("#amount", "90");
        await ada.Page.SelectOptionAsync("#unit", "60");
        await ada.Page.ClickAsync("#link-submit");
        var url = await ada.Page.Locator("#new-link").InnerTextAsync();
        Assert.StartsWith($"{host.Url.GetLeftPart(UriPartial.Authority)}/hub/accept-share?code=", url, StringComparison.Ordinal);
        await ada.InspectAsync("sharing-link-made");

        var code = Assert.Single(await host.Data.ListAsync<ShareCode>());
        Assert.Equal(TimeSpan.FromMinutes(90), code.ExpiresAt - code.CreatedAt);
        await ada.GoAsync("/hub/sharing/ada");
        Assert.DoesNotContain(url[^20..], await ada.Page.ContentAsync(), StringComparison.Ordinal);
        var exchange = host.Get<ShareExchange>();
        foreach (var name in (string[])[.. OddNames, "stranger"])
        {
            Assert.NotNull(await exchange.AcceptAsync(url[(url.IndexOf('=', StringComparison.Ordinal) + 1)..], await host.Data.UserAsync(name), CancellationToken.None));
        }

        await ada.Page.ReloadAsync();
        await ada.Page.Locator($"a[href='/hub/sharing/ada?link=sc_{code.Id}']").ClickAsync();
        await ada.Page.WaitForURLAsync("**link=sc_**");
        Assert.Equal(OddNames.Length, await ada.Page.Locator("tbody tr").CountAsync());
        Assert.DoesNotContain("stranger", await ada.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await ada.Page.Locator("#others").CountAsync());
        await ada.InspectAsync("sharing-link-uses");

        await ada.GoAsync("/hub/sharing/ada");
        await ada.Page.Locator("section[aria-labelledby=links] button.danger").ClickAsync();
        await ada.InspectAsync("sharing-link-revoke");
        await ada.Page.ClickAsync("#confirm");
        await ada.Page.Locator("#notice").WaitForAsync();
        Assert.Empty(await host.Data.ListAsync<ShareCode>());
    }

    [Fact]
    public async Task What_was_typed_stays_beside_what_is_wrong_with_it()
    {
        await AllowAdaAsync("list:users", "read:groups:name!group=physics");
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing/ada");
        await ada.Page.FillAsync("#name", "nobody-here");
        await ada.Page.Locator("#share-form input[value='read:servers']").CheckAsync();
        await ada.Page.ClickAsync("#share-submit");
        await ada.Page.Locator("#name-error").WaitForAsync();
        Assert.Equal("nobody-here", await ada.Page.InputValueAsync("#name"));
        Assert.True(await ada.Page.Locator("#share-form input[value='read:servers']").IsCheckedAsync());
        await ada.InspectAsync("sharing-form-error");

        await ada.Page.SelectOptionAsync("#expires", "custom");
        await ada.Page.FillAsync("#amount", "366");
        await ada.Page.SelectOptionAsync("#unit", "86400");
        await ada.Page.ClickAsync("#link-submit");
        await ada.Page.Locator("#lifetime-error").WaitForAsync();
        Assert.Equal("366", await ada.Page.InputValueAsync("#amount"));
        Assert.True(await ada.Page.Locator("#custom").IsVisibleAsync());
        await ada.InspectAsync("sharing-link-error");
    }

    [Fact]
    public async Task Names_are_suggested_while_they_are_typed()
    {
        await AllowAdaAsync("list:users", "list:groups");
        foreach (var number in Enumerable.Range(0, 30))
        {
            await host.Data.UserAsync($"student-{number:00}");
        }

        await host.Data.GroupAsync("students");
        await using var ada = await PageVisitor.SignInAsync(chromium, host, "ada");
        await ada.GoAsync("/hub/sharing/ada");
        await ada.Page.Locator("#name").PressSequentiallyAsync("nt-29");
        await SuggestedAsync(ada, "student-29");
        await ada.Page.Locator("#kind-group").CheckAsync();
        await ada.Page.Locator("#name").FillAsync("stu");
        await SuggestedAsync(ada, "students");
    }

    private static Task SuggestedAsync(PageVisitor visitor, string name) => Eventually.TrueAsync(
        $"only {name} is suggested", async () => await visitor.Page.Locator("#names option").EvaluateAllAsync<string[]>("all => all.map(one => one.value)") is [var only] && only == name);

    private static readonly string[] OddNames = [new string('w', 64), "\U0001F469\u200D\U0001F52C-\u00E9milie", "\u05E9\u05DC\u05D5\u05DD-\u0639\u0627\u0644\u0645", new string('x', 255), "a'b\"c&d<e>"];

    private Task AllowAdaAsync(params string[] scopes) => host.Data.GrantAsync("ada", ["shares!user=ada", .. scopes]);

    private Task<Share> ShareAsync(int serverId, int ownerId, int? userId, int? groupId, params string[] scopes) => host.Data.AddAsync(new Share
    {
        SpawnerId = serverId, OwnerId = ownerId, UserId = userId, GroupId = groupId, Scopes = [.. scopes], CreatedAt = DateTime.UtcNow,
    });

    private Task<ShareCode> CodeAsync(int serverId, int ownerId, string code, int uses) => host.Data.AddAsync(new ShareCode
    {
        SpawnerId = serverId, OwnerId = ownerId, Hashed = TokenHash.Create(code), Prefix = TokenHash.PrefixOf(code), CreatedAt = DateTime.UtcNow,
        ExpiresAt = DateTime.UtcNow.AddDays(7), ExchangeCount = uses, LastExchangedAt = uses > 0 ? DateTime.UtcNow : null, Scopes = ["access:servers!server=ada/lab"],
    });
}
