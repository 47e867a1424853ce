using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterHub.Core.Announcements;
using Microsoft.Data.Sqlite;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>What pages tell everybody, set while the hub runs.</summary>
public sealed class AnnouncementTests
{
    [Fact]
    public async Task What_is_set_shows_at_once_and_goes_again()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.Announcement = "from the file";
            hub.Pages.Announcements["home"] = "home from the file";
        });
        var token = await host.Data.ServiceTokenAsync("herald", "admin:users", "read:hub");
        var ada = await host.SignInAsync("ada");
        Assert.Equal("from the file", await ShownAsync(host.Browser(), "/hub/login"));
        Assert.Equal("home from the file", await ShownAsync(ada, "/hub/home"));

        var made = await PutAsync(host, token, "all", "Maintenance <b>tonight</b>");
        Assert.Equal(("all", "api", "service herald"), ((string)made["page"]!, (string)made["origin"]!, (string)made["changed_by"]!));
        Assert.Equal("Maintenance &lt;b&gt;tonight&lt;/b&gt;", await ShownAsync(host.Browser(), "/hub/login"));
        Assert.Equal("home from the file", await ShownAsync(ada, "/hub/home"));
        await PutAsync(host, token, "home", "");
        Assert.Null(await ShownAsync(ada, "/hub/home"));
        await PutAsync(host, token, "error", "no page");
        Assert.Equal("no page", await ShownAsync(ada, "/hub/nothing"));

        using var list = await host.SendAsync("GET", "/hub/api/announcements", token);
        var all = (await list.JsonAsync())["announcements"]!.AsArray();
        Assert.Equal(["all", "error", "home"], all.Select(item => (string)item!["page"]!));
        foreach (var page in new[] { "all", "home", "error" })
        {
            using var gone = await host.SendAsync("DELETE", $"/hub/api/announcements/{page}", token);
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        using var again = await host.SendAsync("DELETE", "/hub/api/announcements/all", token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal("from the file", await ShownAsync(ada, "/hub/nothing"));
        Assert.Equal("home from the file", await ShownAsync(ada, "/hub/home"));
        using var configured = await host.SendAsync("GET", "/hub/api/announcements", token);
        Assert.All((await configured.JsonAsync())["announcements"]!.AsArray(), item => Assert.Equal("config", (string)item!["origin"]!));
    }

    [Theory]
    [InlineData("", 403, 403)]
    [InlineData("admin-ui", 403, 403)]
    [InlineData("read:hub", 200, 403)]
    [InlineData("admin:users!user=ada", 403, 403)]
    [InlineData("users", 403, 403)]
    [InlineData("admin:users", 403, 200)]
    public async Task Only_who_could_sign_in_as_anybody_writes(string scope, int read, int written)
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("asker", scope.Length == 0 ? [] : [scope]);
        using var list = await host.SendAsync("GET", "/hub/api/announcements", token);
        Assert.Equal(read, (int)list.StatusCode);
        using var put = await host.SendAsync("PUT", "/hub/api/announcements/login", token, Answers.Json("""{"message": "x"}"""));
        Assert.Equal(written, (int)put.StatusCode);
        using var delete = await host.SendAsync("DELETE", "/hub/api/announcements/login", token);
        Assert.Equal(written == 200 ? 204 : written, (int)delete.StatusCode);
        using var anonymous = await host.SendAsync("PUT", "/hub/api/announcements/login", body: Answers.Json("""{"message": "x"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Announcement>());
    }

    [Theory]
    [InlineData("login", "{}", 400)]
    [InlineData("login", "[]", 400)]
    [InlineData("login", """{"message": null}""", 400)]
    [InlineData("login", """{"message": 1}""", 400)]
    [InlineData("login", """{"message": "\ud800"}""", 400)]
    [InlineData("login", """{"message": "a\u0000b"}""", 400)]
    [InlineData("login", """{"message": "x", "html": true}""", 400)]
    [InlineData("nowhere", """{"message": "x"}""", 404)]
    [InlineData("LOGIN", """{"message": "x"}""", 404)]
    [InlineData("x%20y", """{"message": "x"}""", 404)]
    public async Task What_is_no_announcement_is_refused(string page, string body, int status)
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("herald", "admin:users");
        using var answer = await host.SendAsync("PUT", $"/hub/api/announcements/{page}", token, Answers.Json(body));
        Assert.NotEmpty(await answer.ApiErrorAsync(status));
        Assert.Empty(await host.Data.ListAsync<Announcement>());
    }

    [Fact]
    public async Task Length_is_bounded_and_everything_else_is_text()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("herald", "admin:users");
        await PutAsync(host, token, "login", new string('x', PageAnnouncements.LongestMessage));
        using var longer = await host.SendAsync("PUT", "/hub/api/announcements/login", token, Body(new string('x', PageAnnouncements.LongestMessage + 1)));
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        foreach (var text in HostileTexts.All)
        {
            await PutAsync(host, token, "login", text);
            using var answer = await host.SendAsync("GET", "/hub/login");
            HostileTexts.AssertHarmless(await answer.TextAsync());
        }
    }

    /// <summary>Pages are asked for all the time: what they tell is read again only after something has changed.</summary>
    [Fact]
    public async Task Pages_do_not_read_announcements_each_time()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("herald", "admin:users");
        await PutAsync(host, token, "login", "one");
        Assert.Equal("one", await ShownAsync(host.Browser(), "/hub/login"));
        using var counter = new SqlCounter(host);
        async Task<bool> ReadsAsync(string expected)
        {
            counter.Take();
            Assert.Equal(expected, await ShownAsync(host.Browser(), "/hub/login"));
            return counter.Take().Any(statement => statement.Contains("hub_announcements", StringComparison.Ordinal));
        }

        // A commit of the hub's own, of activity or a lease, makes one page read again.
        await Eventually.TrueAsync("a page that reads none", async () => !await ReadsAsync("one"));
        await PutAsync(host, token, "login", "two");
        Assert.True(await ReadsAsync("two"));
    }

    [Fact]
    public async Task A_hub_next_to_it_notices()
    {
        await using var host = await HubHost.StartAsync();
        Assert.Null(await ShownAsync(host.Browser(), "/hub/login"));
        var file = Directory.GetFiles(host.Folder, "*.sqlite", SearchOption.AllDirectories).Single();
        await using (var connection = new SqliteConnection($"Data Source={file}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO hub_announcements (page, message, changed_at) VALUES ('', 'from the other hub', '2026-01-01 00:00:00.000000')";
            await command.ExecuteNonQueryAsync();
        }

        await Eventually.TrueAsync(async () => await ShownAsync(host.Browser(), "/hub/login") == "from the other hub");
    }

    [Fact]
    public async Task Races_end_with_one_of_what_was_set()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.ServiceTokenAsync("herald", "admin:users");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(index => PutAsync(host, token, "login", $"message {index}")));
        var row = Assert.Single(await host.Data.ListAsync<Announcement>());
        Assert.Equal(row.Message, await ShownAsync(host.Browser(), "/hub/login"));
    }

    private static async Task<JsonObject> PutAsync(HubHost host, string token, string page, string message)
    {
        using var answer = await host.SendAsync("PUT", $"/hub/api/announcements/{page}", token, Body(message));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static StringContent Body(string message) => Answers.Json(new JsonObject { ["message"] = message }.ToJsonString());

    /// <summary>What stands in the page's announcement, as markup; null for none.</summary>
    private static async Task<string?> ShownAsync(HubBrowser browser, string target)
    {
        using var answer = await browser.GetAsync(target);
        var page = await answer.TextAsync();
        var match = Regex.Match(page, """<section class="announcement"[^>]*>(.*?)</section>""", RegexOptions.Singleline);
        return match.Success ? match.Groups[1].Value.Trim() : null;
    }
}
