using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The sharing pages over HTTP: who sees what, who may do what, and what hostile or late requests do.</summary>
public sealed partial class SharingTests : IAsyncLifetime
{
    private readonly FakeTime time = new(DateTimeOffset.UtcNow);
    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.AllowNamedServers = true;
            setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(time);
        });
        await host.Data.SpawnerAsync("ada", "lab");
        await host.Data.SpawnerAsync("linus", "kernel");
        await host.Data.UserAsync("grace");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Pages_and_forms_ask_for_the_scopes_of_the_api()
    {
        foreach (var path in new[] { "/hub/sharing", "/hub/sharing/ada", "/hub/sharing/ada/lab", "/hub/sharing-names" })
        {
            using var anonymous = await host.Browser().GetAsync(path);
            Assert.StartsWith("/hub/login?next=", anonymous.Location(), StringComparison.Ordinal);
            using var token = await host.SendAsync("GET", path, await host.Data.UserTokenAsync("ada"));
            Assert.StartsWith("/hub/login?next=", token.Location(), StringComparison.Ordinal);
        }

        var ada = await host.SignInAsync("ada");
        foreach (var (path, status) in new[]
        {
            ("/hub/sharing", 200), ("/hub/sharing/ada", 200), ("/hub/sharing/ada/lab", 200), ("/hub/sharing/ada/nope", 404), ("/hub/sharing/linus/kernel", 404),
            ("/hub/sharing/linus", 404), ("/hub/sharing/ghost", 404), ("/hub/sharing/ada/lab/", 404), ("/hub/sharing/", 404), ("/hub/sharing-names", 403),
        })
        {
            using var page = await ada.GetAsync(path);
            Assert.True(status == (int)page.StatusCode, $"{path}: {(int)page.StatusCode}");
            Assert.DoesNotContain("<form", MainOf(await page.TextAsync()), StringComparison.Ordinal);
        }

        foreach (var form in Forms)
        {
            using var refused = await ada.SubmitAsync("/hub/sharing/ada/lab", form);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal("shares!server=ada/lab", refused.Header("JupyterHub-Required-Scopes"));
        }

        // Who holds it for another server is not told whether this one exists.
        await host.Data.GrantAsync("grace", "shares!server=ada/lab");
        var grace = await host.SignInAsync("grace");
        foreach (var form in Forms)
        {
            foreach (var path in new[] { "/hub/sharing/ada", "/hub/sharing/linus/kernel", "/hub/sharing/ghost/none" })
            {
                using var hidden = await grace.SubmitAsync(path, form);
                Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            }
        }

        var root = await host.SignInAsync("root");
        foreach (var path in new[] { "/hub/sharing/ghost", "/hub/sharing/ada/nope" })
        {
            using var missing = await root.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
            using var share = await root.SubmitAsync(path, ("do", "share"), ("kind", "user"), ("name", "grace"), ("scopes", "access:servers"));
            Assert.Equal(HttpStatusCode.NotFound, share.StatusCode);
        }

        using var forged = await grace.PostFormAsync("/hub/sharing/ada/lab", ("do", "link"), ("scopes", "access:servers"), ("expires", "3600"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Share>());
        Assert.Empty(await host.Data.ListAsync<ShareCode>());
    }

    [Fact]
    public async Task Nobody_gives_what_they_do_not_hold()
    {
        await host.Data.GrantAsync("grace", "shares!server=ada/lab", "read:users:name");
        await ShareAsync("linus", "access:servers!server=ada/lab");
        var grace = await host.SignInAsync("grace");
        using var page = await grace.GetAsync("/hub/sharing/ada/lab");
        var offered = Offered().Matches(await page.TextAsync()).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(["access:servers", "read:shares", "shares"], offered);
        foreach (var scope in new[] { "servers", "start:servers", "admin:servers", "users", "servers!server=ada/lab" })
        {
            foreach (var form in new[]
            {
                Share("linus", scope), [("do", "link"), ("scopes", scope), ("expires", "3600")],
                [("do", "change"), ("kind", "user"), ("name", "linus"), ("shown", "access:servers"), ("scopes", "access:servers"), ("scopes", scope)],
            })
            {
                using var refused = await grace.SubmitAsync("/hub/sharing/ada/lab", form);
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            }
        }

        foreach (var scope in new[] { "access:servers!server=linus/kernel", "access:servers!user=ada", "unknown", "self", "inherit" })
        {
            using var refused = await grace.SubmitAsync("/hub/sharing/ada/lab", Share("linus", scope));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Equal(["access:servers!server=ada/lab"], Assert.Single(await host.Data.ListAsync<Share>()).Scopes);
        Assert.Empty(await host.Data.ListAsync<ShareCode>());
    }

    [Fact]
    public async Task Whether_a_hidden_name_exists_is_not_told()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada", "read:users:name!group=friends", "read:groups:name!group=friends");
        await host.Data.GroupAsync("friends", "linus", "ada");
        await host.Data.GroupAsync("secret", "grace");
        var ada = await host.SignInAsync("ada");
        var answers = new List<(int, string)>();
        foreach (var (kind, name) in new[] { ("user", "grace"), ("user", "ghost"), ("group", "secret"), ("group", "ghosts") })
        {
            using var refused = await ada.SubmitAsync("/hub/sharing/ada/lab", ("do", "share"), ("kind", kind), ("name", name), ("scopes", "access:servers"));
            var text = MainOf(await refused.TextAsync()).Replace($"value=\"{name}\"", "value=\"\"", StringComparison.Ordinal);
            text = FormNumber().Replace(text, "");
            Assert.DoesNotContain(name, text.Replace("There is no", "", StringComparison.Ordinal), StringComparison.Ordinal);
            answers.Add(((int)refused.StatusCode, text));
        }

        foreach (var (kind, name) in new[] { ("user", "grace"), ("user", "ghost"), ("group", "secret"), ("group", "ghosts") })
        {
            using var changed = await ada.SubmitAsync(
                "/hub/sharing/ada/lab", ("do", "change"), ("kind", kind), ("name", name), ("scopes", "access:servers"), ("shown", "access:servers"));
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        }

        Assert.All(answers, answer => Assert.Equal(403, answer.Item1));
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[2], answers[3]);
        foreach (var (query, names) in new[]
        {
            ("kind=user", "linus"), ("kind=group", "friends"), ("kind=user&part=gra", ""), ("kind=group&part=secret", ""), ("kind=user&part=IN", "linus"), ("part=_", ""), ("part=%25", ""),
            ("part=%5C", ""), ("part=%00", ""), ($"part={new string('x', 300)}", ""), ("kind=nonsense", "linus"),
        })
        {
            using var suggested = await ada.GetAsync("/hub/sharing-names?" + query);
            Assert.Equal(names, string.Join(',', JsonNode.Parse(await suggested.TextAsync())!.AsArray()));
        }

        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task Links_of_another_server_are_none_of_this_ones()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada");
        await host.Data.GrantAsync("linus", "shares!user=linus");
        var (ada, linus) = (await host.SignInAsync("ada"), await host.SignInAsync("linus"));
        await MakeLinkAsync(linus, "/hub/sharing/linus/kernel");
        var id = Assert.Single(await host.Data.ListAsync<ShareCode>()).Id;
        foreach (var bad in new[] { $"sc_{id}", "sc_999999", "sc_", $"{id}", "", "sc_-1", "sc_99999999999999999999", "<b>" })
        {
            using var uses = await ada.GetAsync($"/hub/sharing/ada/lab?link={Uri.EscapeDataString(bad)}");
            Assert.Equal(HttpStatusCode.NotFound, uses.StatusCode);
            using var revoked = await ada.SubmitAsync("/hub/sharing/ada/lab", ("do", "revoke"), ("id", bad), ("confirmed", "yes"));
            Assert.Equal(HttpStatusCode.SeeOther, revoked.StatusCode);
        }

        using var asked = await linus.SubmitAsync("/hub/sharing/linus/kernel", ("do", "revoke"), ("id", $"sc_{id}"));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Single(await host.Data.ListAsync<ShareCode>());
        using var done = await linus.SubmitAsync("/hub/sharing/linus/kernel", ("do", "revoke"), ("id", $"sc_{id}"), ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Empty(await host.Data.ListAsync<ShareCode>());
    }

    [Fact]
    public async Task A_new_link_is_told_once_and_stored_nowhere()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada");
        var ada = await host.SignInAsync("ada");
        using var made = await ada.SubmitAsync("/hub/sharing/ada", ("do", "link"), ("scopes", "access:servers"), ("expires", "604800"));
        Assert.Equal("no-store", made.Header("Cache-Control"));
        var code = Link().Match(await made.TextAsync()).Groups[1].Value;
        Assert.Equal(43, code.Length);

        // The default server never ran: it has a row now that can be shared.
        var row = Assert.Single(await host.Data.ListAsync<HubSpawner>(), server => server.Name.Length == 0);
        var stored = Assert.Single(await host.Data.ListAsync<ShareCode>());
        Assert.Equal((row.Id, TimeSpan.FromDays(7)), (stored.SpawnerId, stored.ExpiresAt - stored.CreatedAt));
        using var later = await ada.GetAsync("/hub/sharing/ada");
        Assert.Contains("no-cache", later.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain(code, await later.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60", "", "", 0)]
    [InlineData("3601", "", "", 0)]
    [InlineData("31536000", "", "", 0)]
    [InlineData("custom", "1", "60", 60)]
    [InlineData("custom", "365", "86400", 31_536_000)]
    [InlineData("custom", "525600", "60", 31_536_000)]
    [InlineData("custom", "525601", "60", 0)]
    [InlineData("custom", "366", "86400", 0)]
    [InlineData("custom", "0", "60", 0)]
    [InlineData("custom", "-1", "60", 0)]
    [InlineData("custom", "1.5", "60", 0)]
    [InlineData("custom", "60", "1", 0)]
    [InlineData("custom", "9999999999", "86400", 0)]
    [InlineData("custom", "99999999999999999999", "60", 0)]
    [InlineData("custom", "\u0661", "60", 0)]
    [InlineData("", "1", "60", 0)]
    public async Task A_link_lasts_between_a_minute_and_a_year(string expires, string amount, string unit, int seconds)
    {
        await host.Data.GrantAsync("ada", "shares!user=ada");
        var ada = await host.SignInAsync("ada");
        using var answer = await ada.SubmitAsync("/hub/sharing/ada/lab", ("do", "link"), ("scopes", "access:servers"), ("expires", expires), ("amount", amount), ("unit", unit));
        Assert.Equal(seconds > 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(seconds > 0 ? [TimeSpan.FromSeconds(seconds)] : [], (await host.Data.ListAsync<ShareCode>()).Select(code => code.ExpiresAt - code.CreatedAt));
    }

    [Fact]
    public async Task Hostile_forms_change_nothing_and_break_nothing()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada", "list:users", "list:groups");
        var ada = await host.SignInAsync("ada");
        foreach (var form in (IEnumerable<(string, string)[]>)
        [
            [], [("do", "")], [("do", "nonsense")], [("do", "share")], [("do", "share"), ("name", "grace")], Share("", "access:servers"), Share(new string('x', 256), "access:servers"),
            Share("\0", "access:servers"), Share("grace\0", "access:servers"), Share("\ud800", "access:servers"), Share("grace", "\0"), Share("grace", new string('x', 5000)), Share("ada", "access:servers"),
            [.. Share("grace", "a0"), .. Enumerable.Range(1, 250).Select(number => ("scopes", $"a{number}"))], [("do", "link")], [("do", "link"), ("scopes", "")],
            [("do", "link"), ("scopes", "access:servers"), ("expires", new string('9', 60_000))],
        ])
        {
            using var refused = await ada.SubmitAsync("/hub/sharing/ada/lab", form);
            Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, $"{string.Join(' ', form)}: {(int)refused.StatusCode}");
        }

        foreach (var form in (IEnumerable<(string, string)[]>)
        [
            [("do", "change"), ("name", "grace"), ("scopes", "access:servers")], [("do", "change"), ("name", "grace")], [("do", "remove")], [("do", "remove"), ("kind", "nonsense"), ("name", "ghost")],
        ])
        {
            using var told = await ada.SubmitAsync("/hub/sharing/ada/lab", form);
            Assert.Equal(HttpStatusCode.SeeOther, told.StatusCode);
        }

        foreach (var query in new[] { "page=0", "page=-1", "page=99999999999", "page=x", "links=7", "received=%00", "link=sc_1&link=sc_2" })
        {
            using var page = await ada.GetAsync("/hub/sharing/ada/lab?" + query);
            Assert.Equal(query.Contains("link=", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, page.StatusCode);
            using var overview = await ada.GetAsync("/hub/sharing?" + query);
            Assert.Equal(HttpStatusCode.OK, overview.StatusCode);
        }

        Assert.Empty(await host.Data.ListAsync<Share>());
        Assert.Empty(await host.Data.ListAsync<ShareCode>());
    }

    [Fact]
    public async Task Names_are_never_markup()
    {
        const string Evil = "<img src=x onerror=alert(1)>\"'&{0}";
        await host.Data.AddAsync(new HubUser { Name = Evil, CookieId = Guid.NewGuid().ToString("N") });
        await host.Data.GroupAsync(Evil, "ada");
        await host.Data.GrantAsync("ada", "shares!user=ada", "list:users", "list:groups");
        await ShareAsync(Evil, "access:servers!server=ada/lab", "<script>alert(1)</script>!server=ada/lab");
        var ada = await host.SignInAsync("ada");
        using var shared = await ada.SubmitAsync("/hub/sharing/ada/lab", ("do", "share"), ("kind", "group"), ("name", Evil), ("scopes", "access:servers"));
        Assert.Equal(HttpStatusCode.SeeOther, shared.StatusCode);
        using var theirs = await host.SendAsync("PATCH", "/hub/api/users/ada/servers/lab", await host.Data.UserTokenAsync("ada"), Answers.Json("""{"display_name": "<script>alert(1)</script>"}"""));
        await MakeLinkAsync(ada, "/hub/sharing/ada/lab");
        var id = Assert.Single(await host.Data.ListAsync<ShareCode>()).Id;
        var evil = await host.Database.ReadAsync((db, token) => Task.FromResult(db.Users.Single(user => user.Name == Evil)), CancellationToken.None);
        await host.Data.AddAsync(new ShareCodeUse { ShareCodeId = id, UserId = evil.Id, UsedAt = DateTime.UtcNow });
        foreach (var path in new[] { "/hub/sharing", "/hub/sharing/ada/lab", $"/hub/sharing/ada/lab?link=sc_{id}", "/hub/sharing?page=\"><script>alert(1)</script>" })
        {
            using var page = await ada.GetAsync(path.Replace("\"><script>", "%22%3E%3Cscript%3E", StringComparison.Ordinal).Replace("</script>", "%3C/script%3E", StringComparison.Ordinal));
            var text = await page.TextAsync();
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.DoesNotContain("<img src=x", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"'&{0}", text, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_change_leaves_alone_what_others_did_meanwhile_and_makes_no_ended_share_again()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada", "list:users");
        await ShareAsync("grace", "access:servers!server=ada/lab", "read:servers!server=ada/lab", "start:servers!server=ada/lab");
        var ada = await host.SignInAsync("ada");

        // The form was shown before "start" was given: only "read" is taken and "read:shares" given.
        using var changed = await ada.SubmitAsync(
            "/hub/sharing/ada/lab?page=3",
            ("do", "change"), ("kind", "user"), ("name", "grace"), ("shown", "access:servers"), ("shown", "read:servers"), ("scopes", "access:servers"), ("scopes", "read:shares"));
        Assert.Equal("/hub/sharing/ada/lab?page=3", changed.Location());
        Assert.Equal(
            ["access:servers!server=ada/lab", "read:shares!server=ada/lab", "start:servers!server=ada/lab"], Assert.Single(await host.Data.ListAsync<Share>()).Scopes);

        using var removed = await ada.SubmitAsync("/hub/sharing/ada/lab", ("do", "remove"), ("kind", "user"), ("name", "grace"));
        Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
        using var late = await ada.SubmitAsync(
            "/hub/sharing/ada/lab", ("do", "change"), ("kind", "user"), ("name", "grace"), ("shown", "access:servers"), ("scopes", "access:servers"), ("scopes", "start:servers"));
        Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task Leaving_asks_first_and_only_for_oneself()
    {
        await ShareAsync("grace", "access:servers!server=ada/lab");
        await ShareAsync("linus", "access:servers!server=ada/lab");
        var grace = await host.SignInAsync("grace");
        using var asked = await grace.SubmitAsync("/hub/sharing", ("owner", "ada"), ("server", "lab"));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal(2, (await host.Data.ListAsync<Share>()).Count);
        using var left = await grace.SubmitAsync("/hub/sharing", ("owner", "ada"), ("server", "lab"), ("confirmed", "yes"), ("user", "linus"), ("name", "linus"));
        Assert.Equal("/hub/sharing", left.Location());
        Assert.Equal((await host.Data.UserAsync("linus")).Id, Assert.Single(await host.Data.ListAsync<Share>()).UserId);
        using var again = await grace.SubmitAsync("/hub/sharing", ("owner", "ada"), ("server", "lab"), ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Single(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task A_link_revoked_while_it_is_accepted_was_accepted_before_or_not_at_all()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada");
        var (ada, grace) = (await host.SignInAsync("ada"), await host.SignInAsync("grace"));
        for (var round = 0; round < 10; round++)
        {
            var code = await MakeLinkAsync(ada, "/hub/sharing/ada/lab");
            var accepting = Enumerable.Range(0, 5).Select(async _ =>
            {
                using var answer = await grace.Copy().SubmitAsync("/hub/accept-share", ("code", code));
                return answer.StatusCode;
            }).ToList();
            using var stopped = await ada.SubmitAsync("/hub/sharing/ada/lab", ("do", "stop"), ("confirmed", "yes"));
            var answers = await Task.WhenAll(accepting);
            Assert.All(answers, status => Assert.True(status is HttpStatusCode.Redirect or HttpStatusCode.BadRequest));

            // Whatever came first: afterwards nothing is shared, for shares and links end together.
            Assert.Empty(await host.Data.ListAsync<Share>());
            Assert.Empty(await host.Data.ListAsync<ShareCode>());
            Assert.Empty(await host.Data.ListAsync<ShareCodeUse>());
        }
    }

    [Fact]
    public async Task A_link_ends_on_the_second_and_so_do_its_uses()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada");
        var (ada, grace) = (await host.SignInAsync("ada"), await host.SignInAsync("grace"));
        var code = await MakeLinkAsync(ada, "/hub/sharing/ada/lab", ("expires", "custom"), ("amount", "1"), ("unit", "60"));
        var id = Assert.Single(await host.Data.ListAsync<ShareCode>()).Id;
        time.Advance(TimeSpan.FromSeconds(59));
        using var before = await grace.SubmitAsync("/hub/accept-share", ("code", code));
        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        using var uses = await ada.GetAsync($"/hub/sharing/ada/lab?link=sc_{id}");
        Assert.Equal(HttpStatusCode.OK, uses.StatusCode);
        time.Advance(TimeSpan.FromSeconds(1));
        foreach (var visitor in new[] { ada, grace })
        {
            using var shown = await visitor.GetAsync($"/hub/accept-share?code={code}");
            Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
            using var accepted = await visitor.SubmitAsync("/hub/accept-share", ("code", code));
            Assert.Equal(HttpStatusCode.BadRequest, accepted.StatusCode);
        }

        using var ended = await ada.GetAsync($"/hub/sharing/ada/lab?link=sc_{id}");
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
    }

    [Fact]
    public async Task Who_accepted_is_named_only_to_whoever_may_read_the_name()
    {
        await host.Data.GrantAsync("ada", "shares!user=ada", "read:users:name!user=grace");
        var ada = await host.SignInAsync("ada");
        var code = await MakeLinkAsync(ada, "/hub/sharing/ada/lab");
        foreach (var name in new[] { "grace", "linus", "grace" })
        {
            using var accepted = await (await host.SignInAsync(name)).SubmitAsync("/hub/accept-share", ("code", code));
            Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        // Two people, three times: the second time of one of them is when she was here last.
        var uses = await host.Data.ListAsync<ShareCodeUse>();
        var graceId = (await host.Data.UserAsync("grace")).Id;
        var stored = Assert.Single(await host.Data.ListAsync<ShareCode>());
        Assert.Equal((2, 3), (uses.Count, stored.ExchangeCount));
        Assert.Equal(stored.LastExchangedAt, uses.Single(use => use.UserId == graceId).UsedAt);
        using var page = await ada.GetAsync($"/hub/sharing/ada/lab?link=sc_{stored.Id}");
        var text = MainOf(await page.TextAsync());
        Assert.Contains("<bdi>grace</bdi>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("linus", text, StringComparison.Ordinal);
        Assert.Contains("id=\"others\"", text, StringComparison.Ordinal);
        using var hidden = await (await host.SignInAsync("grace")).GetAsync($"/hub/sharing/ada/lab?link=sc_{stored.Id}");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    private static readonly (string, string)[][] Forms =
    [
        Share("grace", "access:servers"), [("do", "change"), ("kind", "user"), ("name", "grace"), ("scopes", "access:servers")], [("do", "remove"), ("kind", "user"), ("name", "grace")],
        [("do", "link"), ("scopes", "access:servers"), ("expires", "3600")], [("do", "revoke"), ("id", "sc_1"), ("confirmed", "yes")], [("do", "stop"), ("confirmed", "yes")], [],
    ];

    private static (string, string)[] Share(string name, string scope) => [("do", "share"), ("kind", "user"), ("name", name), ("scopes", scope)];

    private static string MainOf(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];

    private static async Task<string> MakeLinkAsync(HubBrowser browser, string path, params (string, string)[] lifetime)
    {
        using var made = await browser.SubmitAsync(path, [("do", "link"), ("scopes", "access:servers"), .. lifetime.Length > 0 ? lifetime : [("expires", "3600")]]);
        var text = await made.TextAsync();
        Assert.True(made.StatusCode == HttpStatusCode.OK, string.Create(CultureInfo.InvariantCulture, $"{(int)made.StatusCode} {text}"));
        return Link().Match(text).Groups[1].Value;
    }

    private async Task ShareAsync(string user, params string[] scopes)
    {
        var row = (await host.Data.ListAsync<HubSpawner>()).Single(server => server.Name == "lab");
        var userId = (await host.Data.ListAsync<HubUser>()).Single(one => one.Name == user).Id;
        await host.Data.AddAsync(new Share { SpawnerId = row.Id, OwnerId = row.UserId, UserId = userId, Scopes = [.. scopes], CreatedAt = DateTime.UtcNow });
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"form_number\" value=\"[^\"]*\"")]
    private static partial Regex FormNumber();

    [GeneratedRegex("accept-share\\?code=([A-Za-z0-9_-]+)<")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"scopes\" value=\"([^\"]*)\"")]
    private static partial Regex Offered();
}
