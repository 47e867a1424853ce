using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>The home page in a browser: what it shows in each state, and what its buttons do.</summary>
public sealed class HomePageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string LongName = "🪐 Ünïcödé Tübingen 天文学 σχολή number-crunching (really long) 🦉🧪";
    private const string RightToLeft = "مختبر علم الفلك 42";

    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub =>
    {
        hub.AllowNamedServers = true;
        hub.NamedServerLimitPerUser = 60;
    });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task With_nothing_started_there_is_a_server_to_start()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ada");
        await Assertions.Expect(visitor.Page.Locator("#servers tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("#limit")).ToHaveTextAsync("0 of 60 used.");
        await visitor.InspectAsync("home-empty");
    }

    [Fact]
    public async Task A_server_is_made_started_opened_stopped_renamed_and_deleted()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "grace");
        var page = visitor.Page;
        await page.FillAsync("#display-name", "Test Bench");
        await page.Locator("#preview").WaitForAsync();
        var name = await page.Locator("#preview-name").TextContentAsync();
        Assert.Equal(SafeSlug.Unique("Test Bench"), name);
        await page.ClickAsync("#create-start");
        await page.WaitForURLAsync($"**/user/grace/{name}/**");
        Assert.True(host.Get<ServerSupervisor>().GetStatus("grace", name!).IsReady);

        await visitor.GoAsync("/hub/home");
        await Assertions.Expect(page.Locator($"#open-{name}")).ToHaveAttributeAsync("href", $"/user/grace/{name}/");
        await page.ClickAsync($"#stop-{name}");
        await page.Locator($"#start-{name}").WaitForAsync();
        Assert.False(host.Get<ServerSupervisor>().GetStatus("grace", name!).IsActive);

        await page.ClickAsync($"#rename-{name}");
        await page.FillAsync("#display-name", "Workshop");
        await page.FillAsync("#url-name", "workshop");
        await page.ClickAsync("#rename");
        await page.Locator("#row-workshop").WaitForAsync();
        await Assertions.Expect(page.Locator("#row-workshop th")).ToContainTextAsync("Workshop");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();

        await page.ClickAsync("#delete-workshop");
        await visitor.InspectAsync("home-delete");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#servers tbody tr")).ToHaveCountAsync(1);
        Assert.DoesNotContain(await host.Data.ListAsync<HubSpawner>(), row => row.Name == "workshop");
    }

    [Fact]
    public async Task States_are_told_apart_and_a_pending_row_changes_by_itself()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "margaret");
        await AddServersAsync("margaret", ("lab", LongName), ("rtl", RightToLeft), ("broken", "Broken"), ("slow", "Slow"));
        var supervisor = host.Get<ServerSupervisor>();
        var gate = Path.Combine(host.Folder, "gate");
        await StartAsync("margaret", "rtl", "normal");
        var failing = await supervisor.StartAsync("margaret", "broken", new(UserOptions: new() { ["mode"] = "exit", ["image"] = "jupyter/minimal-notebook:latest" }), CancellationToken.None);
        Assert.NotNull(await failing.Completion);
        await supervisor.StartAsync("margaret", "slow", new(UserOptions: new() { ["mode"] = $"gate:{gate}", ["cpu"] = 2, ["packages"] = new System.Text.Json.Nodes.JsonArray("numpy", "scipy") }), CancellationToken.None);

        await visitor.GoAsync("/hub/home");
        await Assertions.Expect(visitor.Page.Locator("#row-slow .state")).ToHaveClassAsync("state pending");
        await Assertions.Expect(visitor.Page.Locator("#row-broken .failure summary")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("#row-slow .options")).ToContainTextAsync("numpy, scipy");
        await visitor.Page.FillAsync("#display-name", "half typed");
        await File.WriteAllTextAsync(gate, "");
        await visitor.Page.Locator("#open-slow").WaitForAsync();
        await Assertions.Expect(visitor.Page.Locator("#row-slow .state")).ToHaveClassAsync("state ready");
        await Assertions.Expect(visitor.Page.Locator("#display-name")).ToHaveValueAsync("half typed");
        await visitor.Page.ClickAsync("#row-broken summary");
        await visitor.InspectAsync("home-states");
    }

    [Fact]
    public async Task A_server_on_its_way_is_shown_so()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "barbara");
        await host.Get<ServerSupervisor>().StartAsync("barbara", "", new(UserOptions: new() { ["mode"] = "deaf" }), CancellationToken.None);
        await visitor.GoAsync("/hub/home");
        await Assertions.Expect(visitor.Page.Locator("#watch")).ToBeVisibleAsync();
        await visitor.InspectAsync("home-pending");
        await visitor.Page.ClickAsync("#stop");
        await visitor.Page.Locator("#start").WaitForAsync();
    }

    [Fact]
    public async Task Fifty_named_servers_and_what_others_share_fit_on_a_page()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "katherine");
        var names = Enumerable.Range(1, 48).Select(index => ($"server-{index}", $"Server number {index}")).Append(("x-" + new string('a', 28), LongName)).Append(("rtl", RightToLeft));
        await AddServersAsync("katherine", [.. names]);
        await ShareAsync("owner-" + new string('o', 58), "shared-lab", "katherine", group: null);
        await ShareAsync("radia", "", "katherine", group: null);
        await ShareAsync("radia", "course", user: null, group: "🔭 astronomy");
        await host.Data.AddAsync(new HubService { Name = "announcements", Url = "http://127.0.0.1:1", Display = true });
        await host.Data.GrantAsync("katherine", "access:services!service=announcements");
        await visitor.GoAsync("/hub/home");
        await Assertions.Expect(visitor.Page.Locator("#servers tbody tr")).ToHaveCountAsync(51);
        await Assertions.Expect(visitor.Page.Locator("#shared tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(visitor.Page.Locator("#services a")).ToHaveAttributeAsync("href", "/services/announcements/");
        await visitor.InspectAsync("home-full");

        await visitor.Page.Locator("#shared tr", new() { HasText = "Default server" }).Locator("button.danger").ClickAsync();
        await visitor.Page.ClickAsync("#confirm");
        await Assertions.Expect(visitor.Page.Locator("#shared tbody tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_cannot_be_a_name_is_told_beside_the_field()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "joan");
        await AddServersAsync("joan", ("Old Name!", ""), ("lab", "Lab"));
        await visitor.GoAsync("/hub/home");
        await Assertions.Expect(visitor.Page.Locator("#old-names")).ToContainTextAsync("Old Name!");
        await visitor.Page.FillAsync("#display-name", "two  spaces");
        await visitor.Page.ClickAsync("#create");
        await Assertions.Expect(visitor.Page.Locator("#display-name")).ToHaveValueAsync("two  spaces");
        await Assertions.Expect(visitor.Page.Locator("#display-name")).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.InspectAsync("home-error");
        await visitor.Page.ClickAsync("#rename-lab");
        await visitor.Page.FillAsync("#url-name", "Not This");
        await visitor.Page.ClickAsync("#rename");
        await Assertions.Expect(visitor.Page.Locator("#url-name-error")).ToBeVisibleAsync();
        await visitor.InspectAsync("home-rename");
    }

    [Fact]
    public async Task Everything_works_without_scripts()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "frances", hasScripts: false);
        var page = visitor.Page;
        await Assertions.Expect(page.Locator("#preview")).ToBeHiddenAsync();
        await page.FillAsync("#display-name", "plain");
        await page.ClickAsync("#create");
        await page.Locator("#row-plain").WaitForAsync();
        await page.ClickAsync("#start-plain");
        await Eventually.TrueAsync(() => host.Get<ServerSupervisor>().GetStatus("frances", "plain").IsReady);
        await visitor.GoAsync("/hub/home");
        await page.ClickAsync("#stop-plain");
        await page.ClickAsync("#rename-plain");
        await page.FillAsync("#url-name", "plainer");
        await page.ClickAsync("#rename");
        await page.ClickAsync("#delete-plainer");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#servers tbody tr")).ToHaveCountAsync(1);
    }

    private async Task StartAsync(string user, string name, string mode)
    {
        var start = await host.Get<ServerSupervisor>().StartAsync(user, name, new(UserOptions: new() { ["mode"] = mode }), CancellationToken.None);
        Assert.Null(await start.Completion.WaitAsync(Eventually.Deadline));
    }

    private async Task AddServersAsync(string userName, params (string Name, string DisplayName)[] servers)
    {
        var user = await host.Data.UserAsync(userName);
        foreach (var (name, displayName) in servers)
        {
            await host.Data.AddAsync(new HubSpawner { UserId = user.Id, Name = name, DisplayName = displayName, LastActivity = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) });
        }
    }

    private async Task ShareAsync(string owner, string server, string? user, string? group)
    {
        var spawner = await host.Data.SpawnerAsync(owner, server);
        var groupId = group is null ? (int?)null : (await host.Data.GroupAsync(group, "katherine")).Id;
        await host.Data.AddAsync(new Share
        {
            OwnerId = spawner.UserId,
            SpawnerId = spawner.Id,
            UserId = user is null ? null : (await host.Data.UserAsync(user)).Id,
            GroupId = groupId,
            CreatedAt = DateTime.UtcNow,
            Scopes = [$"access:servers!server={owner}/{server}"],
        });
    }
}
