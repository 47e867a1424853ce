using System.Text.Json.Nodes;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The home page's forms over HTTP: what they do, for whom, and what they refuse (contract 2.5, 9, 10).</summary>
public sealed class HomeTests : IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub =>
    {
        hub.AllowNamedServers = true;
        hub.NamedServerLimitPerUser = 3;
    });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("lab", "lab")]
    [InlineData("Lab", null)]
    [InlineData("Déjà vu", null)]
    [InlineData("🪐", null)]
    [InlineData("مختبر", null)]
    [InlineData("  trimmed  ", "trimmed")]
    public async Task A_new_server_is_named_after_what_people_call_it(string displayName, string? name)
    {
        var browser = await host.SignInAsync("ada");
        var expected = name ?? SafeSlug.Unique(displayName);
        using var preview = await browser.GetAsync($"/hub/home/preview?display_name={Uri.EscapeDataString(displayName)}");
        Assert.Equal(expected, (string?)(await preview.JsonAsync())["name"]);
        using var made = await browser.SubmitAsync("/hub/home/new", ("display_name", displayName));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        Assert.Equal("/hub/home", made.Location());
        var row = Assert.Single(await host.Data.ListAsync<HubSpawner>());
        Assert.Equal((expected, displayName.Trim()), (row.Name, row.DisplayName));
        using var home = await browser.GetAsync("/hub/home");
        Assert.Contains($"id=\"row-{expected}\"", await home.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two  spaces")]
    [InlineData("line\nbreak")]
    [InlineData("tab\tbetween")]
    [InlineData("zero\u200bwidth")]
    public async Task What_cannot_be_a_name_makes_no_server(string displayName)
    {
        var browser = await host.SignInAsync("ada");
        using var preview = await browser.GetAsync($"/hub/home/preview?display_name={Uri.EscapeDataString(displayName)}");
        Assert.Null((await preview.JsonAsync())["name"]);
        using var refused = await browser.SubmitAsync("/hub/home/new", ("display_name", displayName));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("id=\"display-name-error\"", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task Names_of_absurd_length_are_refused()
    {
        var browser = await host.SignInAsync("ada");
        foreach (var length in new[] { 256, 5_000, 60_000 })
        {
            using var refused = await browser.SubmitAsync("/hub/home/new", ("display_name", new string('x', length)));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task Started_at_once_it_goes_where_options_are_chosen()
    {
        var browser = await host.SignInAsync("ada");
        using var made = await browser.SubmitAsync("/hub/home/new", ("display_name", "lab"), ("then", "start"));
        Assert.Equal("/hub/spawn/ada/lab", made.Location());
        Assert.False(host.Get<ServerSupervisor>().GetStatus("ada", "lab").IsActive);
    }

    [Fact]
    public async Task Taken_names_and_the_limit_are_told()
    {
        var browser = await host.SignInAsync("ada");
        foreach (var (name, status) in new[] { ("one", 303), ("one", 409), ("two", 303), ("three", 303), ("four", 400) })
        {
            using var answer = await browser.SubmitAsync("/hub/home/new", ("display_name", name));
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.Contains("3 of 3 used.", page, StringComparison.Ordinal);
        Assert.Contains("id=\"full\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"create\"", page, StringComparison.Ordinal);
        Assert.Equal(3, (await host.Data.ListAsync<HubSpawner>()).Count);
    }

    [Fact]
    public async Task Two_tabs_that_make_the_same_server_make_one()
    {
        var browser = await host.SignInAsync("ada");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.Copy().SubmitAsync("/hub/home/new", ("display_name", "lab"))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await host.Data.ListAsync<HubSpawner>());
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Deletion_is_asked_about_and_stops_what_runs()
    {
        await host.Data.SpawnerAsync("ada", "lab");
        var browser = await host.SignInAsync("ada");
        var start = await host.Get<ServerSupervisor>().StartAsync("ada", "lab", new(UserOptions: new() { ["mode"] = "normal" }), CancellationToken.None);
        Assert.Null(await start.Completion);
        using var asked = await browser.SubmitAsync("/hub/home/delete/lab");
        Assert.Contains("id=\"confirm\"", await asked.TextAsync(), StringComparison.Ordinal);
        Assert.True(host.Get<ServerSupervisor>().GetStatus("ada", "lab").IsReady);
        using var done = await browser.SubmitAsync("/hub/home/delete/lab", ("confirmed", "yes"));
        Assert.Equal("/hub/home", done.Location());
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
        using var again = await browser.SubmitAsync("/hub/home/delete/lab", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Servers_are_renamed_whole_or_not_at_all()
    {
        await host.Data.SpawnerAsync("ada", "lab");
        await host.Data.SpawnerAsync("ada", "taken");
        var browser = await host.SignInAsync("ada");
        foreach (var (name, displayName, status) in new[]
        {
            ("Not valid", "Lab", 400), ("lab", "", 400), ("new", "two  spaces", 400), ("", "Lab", 400), ("taken", "Lab", 409), (new string('x', 31), "Lab", 400), ("new\r\nx", "Lab", 400),
        })
        {
            using var refused = await browser.SubmitAsync("/hub/home/rename/lab", ("name", name), ("display_name", displayName));
            Assert.Equal(status, (int)refused.StatusCode);
            Assert.Contains("role=\"alert\"", await refused.TextAsync(), StringComparison.Ordinal);
        }

        Assert.Contains(await host.Data.ListAsync<HubSpawner>(), row => row is { Name: "lab", DisplayName: null });
        using var renamed = await browser.SubmitAsync("/hub/home/rename/lab", ("name", "bench"), ("display_name", "Werkbank 🔨"));
        Assert.Equal(HttpStatusCode.SeeOther, renamed.StatusCode);
        Assert.Contains(await host.Data.ListAsync<HubSpawner>(), row => row is { Name: "bench", DisplayName: "Werkbank 🔨" });
        foreach (var missing in new[] { "lab", "nobody", "%2e%2e", "x%2Fy" })
        {
            using var answer = await browser.GetAsync($"/hub/home/rename/{missing}");
            Assert.True((int)answer.StatusCode is 404 or 400, $"{missing}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_running_server_keeps_its_name()
    {
        await host.Data.SpawnerAsync("ada", "lab");
        var browser = await host.SignInAsync("ada");
        await host.Get<ServerSupervisor>().StartAsync("ada", "lab", new(UserOptions: new() { ["mode"] = "deaf" }), CancellationToken.None);
        using var home = await browser.GetAsync("/hub/home");
        Assert.DoesNotContain("id=\"rename-lab\"", await home.TextAsync(), StringComparison.Ordinal);
        using var refused = await browser.SubmitAsync("/hub/home/rename/lab", ("name", "other"), ("display_name", "lab"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("id=\"rename-error\"", await refused.TextAsync(), StringComparison.Ordinal);
        using var state = await browser.GetAsync("/hub/home/state");
        Assert.Equal("""{"":"Stopped","lab":"Starting"}""", await state.TextAsync());
    }

    /// <summary>No path of these forms names a user: whoever sends them reaches only their own servers.</summary>
    [Fact]
    public async Task Nobody_reaches_the_servers_of_others()
    {
        await host.Data.SpawnerAsync("theirs", "lab");
        var root = await host.SignInAsync("root");
        foreach (var target in new[] { "/hub/home/delete/lab", "/hub/home/rename/lab", "/hub/home/delete/theirs%2Flab" })
        {
            using var answer = await root.SubmitAsync(target, ("confirmed", "yes"), ("name", "mine"), ("display_name", "mine"), ("user", "theirs"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        var row = Assert.Single(await host.Data.ListAsync<HubSpawner>());
        Assert.Equal("lab", row.Name);
    }

    [Fact]
    public async Task Without_the_scopes_nothing_is_offered_and_nothing_done()
    {
        await host.Data.SpawnerAsync("ada", "lab");
        await host.Database.WriteAsync(async (db, token) => (await db.Set<HubRole>().SingleAsync(role => role.Name == "user", token)).Scopes = ["read:users!user"], CancellationToken.None);
        var browser = await host.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        foreach (var id in new[] { "start", "start-lab", "stop-lab", "delete-lab", "rename-lab", "create" })
        {
            Assert.DoesNotContain($"id=\"{id}\"", page, StringComparison.Ordinal);
        }

        foreach (var (target, scope) in new[] { ("/hub/home/new", "start:servers!server=ada/other"), ("/hub/home/delete/lab", "delete:servers!server=ada/lab"), ("/hub/home/rename/lab", "start:servers!server=ada/lab"), ("/hub/home/leave/x/y", "users:shares!user=ada") })
        {
            using var refused = await browser.SubmitAsync(target, ("display_name", "other"), ("name", "other"), ("confirmed", "yes"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal(scope, refused.Header("JupyterHub-Required-Scopes"));
        }

        Assert.Single(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task Without_named_servers_there_is_the_default_one_only()
    {
        await using var plain = await HubHost.StartAsync();
        await plain.Data.SpawnerAsync("ada", "lab");
        var browser = await plain.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.DoesNotContain("row-lab", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"create\"", page, StringComparison.Ordinal);
        foreach (var target in new[] { "/hub/home/new", "/hub/home/delete/lab" })
        {
            using var refused = await browser.SubmitAsync(target, ("display_name", "x"), ("confirmed", "yes"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Equal("lab", Assert.Single(await plain.Data.ListAsync<HubSpawner>()).Name);
    }

    [Fact]
    public async Task Old_names_that_may_not_start_may_be_mended()
    {
        await using var strict = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.AllowNamedServers = true;
            hub.AllowExistingInvalidNamedServers = InvalidServerNames.AllowDelete;
        });
        await strict.Data.SpawnerAsync("ada", "Old & <b>bold</b>");
        var browser = await strict.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.Contains("id=\"old-names\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"start-", page, StringComparison.Ordinal);
        using var renamed = await browser.SubmitAsync($"/hub/home/rename/{Uri.EscapeDataString("Old & <b>bold</b>")}", ("name", "old"), ("display_name", "Old & <b>bold</b>"));
        Assert.Equal(HttpStatusCode.SeeOther, renamed.StatusCode);
        Assert.Equal("old", Assert.Single(await strict.Data.ListAsync<HubSpawner>()).Name);
    }

    [Fact]
    public async Task Options_are_shown_short_and_never_as_markup()
    {
        var user = await host.Data.UserAsync("ada");
        var options = new JsonObject { ["<script>alert(1)</script>"] = "<img src=x onerror=alert(1)>", ["list"] = new JsonArray(1, "two", null), ["nested"] = new JsonObject { ["a"] = true }, ["long"] = new string('l', 10_000) };
        for (var index = 0; index < 500; index++)
        {
            options[$"option-{index}"] = index;
        }

        await host.Data.AddAsync(new HubSpawner { UserId = user.Id, Name = "lab", DisplayName = "<svg onload=alert(1)>", UserOptions = options });
        var browser = await host.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg onload", page, StringComparison.Ordinal);
        Assert.Contains("1, two, –", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("and 498 more", page, StringComparison.Ordinal);
        Assert.True(page.Length < 40_000, $"The page has {page.Length} characters.");
    }

    [Fact]
    public async Task What_others_share_can_be_given_up_where_it_was_given_to_the_person()
    {
        var mine = await host.Data.UserAsync("ada");
        var group = await host.Data.GroupAsync("course", "ada");
        var (direct, viaGroup) = (await host.Data.SpawnerAsync("owner", "lab"), await host.Data.SpawnerAsync("owner", "class"));
        foreach (var (server, user, groupId) in new[] { (direct, (int?)mine.Id, (int?)null), (viaGroup, null, group.Id) })
        {
            await host.Data.AddAsync(new Share { OwnerId = server.UserId, SpawnerId = server.Id, UserId = user, GroupId = groupId, CreatedAt = DateTime.UtcNow, Scopes = [$"access:servers!server=owner/{server.Name}"] });
        }

        var browser = await host.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.Contains("action=\"/hub/home/leave/owner/lab\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/hub/home/leave/owner/class\"", page, StringComparison.Ordinal);
        using var viaNobody = await browser.SubmitAsync("/hub/home/leave/owner/class", ("confirmed", "yes"));
        Assert.Equal("/hub/home", viaNobody.Location());
        using var told = await browser.GetAsync("/hub/home");
        Assert.Contains("That server is not shared with you any more.", await told.TextAsync(), StringComparison.Ordinal);
        using var asked = await browser.SubmitAsync("/hub/home/leave/owner/lab");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal(2, (await host.Data.ListAsync<Share>()).Count);
        using var left = await browser.SubmitAsync("/hub/home/leave/owner/lab", ("confirmed", "yes"));
        Assert.Equal("/hub/home", left.Location());
        Assert.Equal(viaGroup.Id, Assert.Single(await host.Data.ListAsync<Share>()).SpawnerId);
    }

    [Fact]
    public async Task Services_are_linked_that_may_be_shown_and_opened()
    {
        foreach (var (name, url, display) in new[] { ("shown", "http://127.0.0.1:1", (bool?)true), ("hidden", "http://127.0.0.1:1", false), ("faceless", null, true), ("locked", "http://127.0.0.1:1", true) })
        {
            await host.Data.AddAsync(new HubService { Name = name, Url = url, Display = display });
        }

        await host.Data.GrantAsync("ada", "access:services!service=shown", "access:services!service=hidden", "access:services!service=faceless");
        var browser = await host.SignInAsync("ada");
        using var home = await browser.GetAsync("/hub/home");
        var page = await home.TextAsync();
        Assert.Contains("href=\"/services/shown/\"", page, StringComparison.Ordinal);
        foreach (var name in new[] { "hidden", "faceless", "locked" })
        {
            Assert.DoesNotContain($"/services/{name}/", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_servers_cost_no_more_statements_than_few()
    {
        var user = await host.Data.UserAsync("ada");
        var browser = await host.SignInAsync("ada");
        using var counter = new SqlCounter(host);
        var few = await StatementsAsync(browser, counter);
        for (var index = 0; index < 50; index++)
        {
            await host.Data.AddAsync(new HubSpawner { UserId = user.Id, Name = $"server-{index}" });
        }

        var many = await StatementsAsync(browser, counter);
        Assert.InRange(few.Count, 1, 20);
        Assert.True(many.Count <= few.Count + 3, $"{few.Count} statements without named servers, {many.Count} with 50:\n{string.Join('\n', many)}");
    }

    private async Task<IReadOnlyList<string>> StatementsAsync(HubBrowser browser, SqlCounter counter)
    {
        // Whatever was kept in memory is stale after this.
        await host.Data.AddAsync(new HubService { Name = $"change-{Guid.NewGuid():N}" });
        counter.Take();
        using var home = await browser.GetAsync("/hub/home");
        await home.TextAsync();
        return counter.Take();
    }
}
