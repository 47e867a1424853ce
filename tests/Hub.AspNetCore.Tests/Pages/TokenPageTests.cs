using System.Globalization;
using System.Text.RegularExpressions;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The token page's forms over HTTP: what they make and revoke, for whom, and what they refuse (contract 2.4, 9).</summary>
public sealed partial class TokenPageTests : IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_new_token_is_shown_once_and_kept_nowhere()
    {
        var browser = await host.SignInAsync("ada");
        using var made = await browser.SubmitAsync("/hub/token/new", ("note", "script"), ("lifetime", "3600"), ("gives", "default"));
        var page = await made.TextAsync();
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal("no-store", made.Header("Cache-Control"));
        var token = NewToken().Match(page).Groups[1].Value;
        Assert.Equal(32, token.Length);
        Assert.DoesNotContain(token, made.Header("Set-Cookie") ?? "", StringComparison.Ordinal);
        using var known = await host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal("ada", (string)(await known.JsonAsync())["name"]!);
        using var later = await browser.GetAsync("/hub/token");
        var list = await later.TextAsync();
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        Assert.Contains("script", list, StringComparison.Ordinal);
        var row = Assert.Single(await host.Data.ListAsync<HubToken>());
        Assert.Equal(["inherit"], row.Scopes);
        Assert.Equal(TimeSpan.FromHours(1), row.ExpiresAt - row.Created);
        using var address = await browser.GetAsync("/hub/token/new");
        Assert.Equal("/hub/token", address.Location());
    }

    [Theory]
    [InlineData("never", "", "", null)]
    [InlineData("31536000", "", "", 31536000)]
    [InlineData("days", "7", "", 604800)]
    public async Task Lifetimes_are_as_chosen(string lifetime, string days, string until, int? seconds)
    {
        var browser = await host.SignInAsync("ada");
        using var made = await browser.SubmitAsync("/hub/token/new", ("lifetime", lifetime), ("days", days), ("until", until));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var row = Assert.Single(await host.Data.ListAsync<HubToken>());
        Assert.Equal(seconds, (int?)(row.ExpiresAt - row.Created)?.TotalSeconds);
        Assert.Equal("Requested via the token page", row.Note);
    }

    [Fact]
    public async Task A_date_in_UTC_ends_a_token()
    {
        var end = DateTime.UtcNow.AddDays(3);
        var browser = await host.SignInAsync("ada");
        using var made = await browser.SubmitAsync("/hub/token/new", ("lifetime", "until"), ("until", end.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var expires = Assert.Single(await host.Data.ListAsync<HubToken>()).ExpiresAt!.Value;
        Assert.InRange(expires, end.AddMinutes(-2), end.AddSeconds(1));
    }

    [Theory]
    [InlineData("0", "", "")]
    [InlineData("-1", "", "")]
    [InlineData("86401", "", "")]
    [InlineData("99999999999999999999", "", "")]
    [InlineData("soon", "", "")]
    [InlineData("longest", "", "")]
    [InlineData("days", "", "")]
    [InlineData("days", "0", "")]
    [InlineData("days", "-3", "")]
    [InlineData("days", "1.5", "")]
    [InlineData("days", "36501", "")]
    [InlineData("days", "99999999999", "")]
    [InlineData("until", "", "")]
    [InlineData("until", "", "2001-01-01T00:00")]
    [InlineData("until", "", "9999-12-31T23:59")]
    [InlineData("until", "", "tomorrow")]
    public async Task Lifetimes_that_are_none_are_told_beside_the_field(string lifetime, string days, string until)
    {
        var browser = await host.SignInAsync("ada");
        using var refused = await browser.SubmitAsync("/hub/token/new", ("note", "kept <note>"), ("lifetime", lifetime), ("days", days), ("until", until));
        var page = await refused.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("id=\"lifetime-error\"", page, StringComparison.Ordinal);
        Assert.Contains("kept &lt;note&gt;", page, StringComparison.Ordinal);
        Assert.Empty(await host.Data.ListAsync<HubToken>());
    }

    [Fact]
    public async Task Nothing_longer_than_the_hub_allows_is_offered_or_taken()
    {
        await using var strict = await HubHost.StartAsync(setup => setup.Hub = hub => hub.TokenExpiresInMaxSeconds = 2 * 24 * 3600);
        var browser = await strict.SignInAsync("ada");
        using var form = await browser.GetAsync("/hub/token");
        Assert.Equal(["3600", "86400", "days", "until", "longest"], Choices().Matches(await form.TextAsync()).Select(choice => choice.Groups[1].Value));
        foreach (var (lifetime, days) in new[] { ("never", ""), ("604800", ""), ("days", "3") })
        {
            using var refused = await browser.SubmitAsync("/hub/token/new", ("lifetime", lifetime), ("days", days));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using var made = await browser.SubmitAsync("/hub/token/new", ("lifetime", "longest"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var row = Assert.Single(await strict.Data.ListAsync<HubToken>());
        Assert.Equal(TimeSpan.FromDays(2), row.ExpiresAt - row.Created);
    }

    [Theory]
    [InlineData("read:users!user=grace", "", "scopes-error")]
    [InlineData("admin:users", "", "scopes-error")]
    [InlineData("<script>", "", "scopes-error")]
    [InlineData("", "", "scopes-error")]
    [InlineData("", "shutdown", "written-error")]
    [InlineData("", "servers!user=ada acess:servers", "written-error")]
    [InlineData("", "servers!planet=mars", "written-error")]
    [InlineData("", "servers!group", "written-error")]
    [InlineData("", "access:servers!server=grace/lab", "written-error")]
    public async Task Scopes_beyond_ones_own_are_told_beside_the_field(string ticked, string written, string error)
    {
        var browser = await host.SignInAsync("ada");
        (string, string)[] scopes = ticked.Length == 0 ? [] : [("scopes", ticked)];
        using var refused = await browser.SubmitAsync("/hub/token/new", [("lifetime", "3600"), ("gives", "chosen"), ("written", written), .. scopes]);
        var page = await refused.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"id=\"{error}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Empty(await host.Data.ListAsync<HubToken>());
    }

    [Fact]
    public async Task Whoever_ticks_permissions_is_not_given_everything()
    {
        var browser = await host.SignInAsync("ada");
        using var refused = await browser.SubmitAsync("/hub/token/new", ("lifetime", "3600"), ("gives", "default"), ("scopes", "read:users:name!user=ada"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty(await host.Data.ListAsync<HubToken>());
        using var made = await browser.SubmitAsync("/hub/token/new", ("lifetime", "3600"), ("gives", "chosen"), ("scopes", "read:users:name!user=ada"), ("written", "read:users:name!user=ada, tokens!user"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal(["read:users:name!user=ada", "tokens!user"], Assert.Single(await host.Data.ListAsync<HubToken>()).Scopes);
    }

    [Fact]
    public async Task What_a_hub_gives_by_default_is_told()
    {
        await host.Database.WriteAsync(async (db, token) => (await db.Set<HubRole>().SingleAsync(role => role.Name == "token", token)).Scopes = ["read:users:name!user"], CancellationToken.None);
        var browser = await host.SignInAsync("ada");
        using var form = await browser.GetAsync("/hub/token");
        var page = await form.TextAsync();
        Assert.Contains("<code>read:users:name!user</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything that I may do", page, StringComparison.Ordinal);
        using var made = await browser.SubmitAsync("/hub/token/new", ("lifetime", "3600"), ("gives", "default"));
        Assert.Equal(["read:users:name!user"], Assert.Single(await host.Data.ListAsync<HubToken>()).Scopes);
    }

    [Fact]
    public async Task Absurd_forms_are_refused()
    {
        var browser = await host.SignInAsync("ada");
        using var note = await browser.SubmitAsync("/hub/token/new", ("note", new string('n', 256)), ("lifetime", "3600"));
        Assert.Contains("id=\"note-error\"", await note.TextAsync(), StringComparison.Ordinal);
        using var many = await browser.SubmitAsync("/hub/token/new", ("lifetime", "3600"), ("gives", "chosen"), ("written", string.Join(' ', Enumerable.Range(0, 100).Select(index => $"custom:x{index}"))));
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
        using var flood = await browser.SubmitAsync("/hub/token/new", [.. Enumerable.Range(0, 600).Select(index => ("scopes", $"x{index}"))]);
        Assert.Equal(HttpStatusCode.BadRequest, flood.StatusCode);
        Assert.Empty(await host.Data.ListAsync<HubToken>());
    }

    /// <summary>Ids of others, of nobody and in other forms all look the same: nothing is revoked and nothing told.</summary>
    [Fact]
    public async Task Nobody_revokes_the_tokens_of_others()
    {
        var theirs = await host.Data.UserTokenAsync("grace");
        var service = await host.Data.ServiceTokenAsync("robot", "list:users");
        var browser = await host.SignInAsync("root");
        foreach (var id in (await host.Data.ListAsync<HubToken>()).Select(row => $"a{row.Id}").Concat(["a999999", "1", "a-1", "a1 ", "a99999999999", "' or 1=1", "", "<b>"]))
        {
            using var answer = await browser.SubmitAsync("/hub/token/revoke", ("id", id), ("confirmed", "yes"), ("user", "grace"));
            Assert.Equal("/hub/token", answer.Location());
        }

        Assert.Equal(2, (await host.Data.ListAsync<HubToken>()).Count);
        foreach (var token in new[] { theirs, service })
        {
            using var alive = await host.SendAsync("GET", "/hub/api/user", token);
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        }
    }

    [Fact]
    public async Task One_token_goes_alone_and_an_applications_go_together()
    {
        var user = await host.Data.UserAsync("ada");
        await host.Data.UserTokenAsync("ada");
        await host.Data.UserTokenAsync("ada");
        await host.Data.AddAsync(new OAuthClient { Identifier = "service-app", Description = "An <b>application</b>", Secret = "x", RedirectUri = "/x" });
        foreach (var session in new[] { "one", "two" })
        {
            await host.Data.TokenAsync(new NewToken { UserId = user.Id, ClientId = "service-app", Scopes = ["read:users!user"], SessionId = session });
        }

        var browser = await host.SignInAsync("ada");
        var rows = await host.Data.ListAsync<HubToken>();
        using var asked = await browser.SubmitAsync("/hub/token/revoke", ("id", $"a{rows[0].Id}"));
        Assert.Contains("id=\"confirm\"", await asked.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(4, (await host.Data.ListAsync<HubToken>()).Count);
        using var one = await browser.SubmitAsync("/hub/token/revoke", ("id", $"a{rows[0].Id}"), ("confirmed", "yes"));
        Assert.Equal(3, (await host.Data.ListAsync<HubToken>()).Count);
        var application = rows.First(row => row.ClientId == "service-app");
        using var both = await browser.SubmitAsync("/hub/token/revoke", ("id", $"a{application.Id}"), ("confirmed", "yes"));
        Assert.Equal(rows[1].Id, Assert.Single(await host.Data.ListAsync<HubToken>()).Id);
        using var told = await browser.GetAsync("/hub/token");
        var page = await told.TextAsync();
        Assert.Contains("id=\"notice\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>application", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_all_leaves_servers_applications_and_others_theirs()
    {
        var user = await host.Data.UserAsync("ada");
        await host.Data.UserTokenAsync("ada");
        await host.Data.UserTokenAsync("ada", "tokens!user");
        await host.Data.UserTokenAsync("grace");
        await host.Data.AddAsync(new OAuthClient { Identifier = "service-app", Secret = "x", RedirectUri = "/x" });
        await host.Data.TokenAsync(new NewToken { UserId = user.Id, ClientId = "service-app", Scopes = ["read:users!user"] });
        await host.StartServerAsync("ada");
        var browser = await host.SignInAsync("ada");
        using var asked = await browser.SubmitAsync("/hub/token/revoke-all");
        Assert.Contains("2 tokens", await asked.TextAsync(), StringComparison.Ordinal);
        using var done = await browser.SubmitAsync("/hub/token/revoke-all", ("confirmed", "yes"));
        Assert.Equal("/hub/token", done.Location());
        var left = await host.Data.ListAsync<HubToken>();
        Assert.Equal(3, left.Count);
        Assert.Contains(left, row => row.Note == "Server at /user/ada/");
        Assert.Contains(left, row => row.ClientId == "service-app");
        Assert.Contains(left, row => row.UserId != user.Id);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_this_session_too()
    {
        var browser = await host.SignInAsync("ada");
        var other = await host.SignInAsync("ada");
        using var asked = await browser.SubmitAsync("/hub/token/sign-out");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var still = await other.GetAsync("/hub/home");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        var copy = browser.Copy();
        using var done = await browser.SubmitAsync("/hub/token/sign-out", ("confirmed", "yes"));
        Assert.Equal("/hub/login", done.Location());
        foreach (var stale in new[] { copy, other })
        {
            using var out_ = await stale.GetAsync("/hub/home");
            Assert.Equal(HttpStatusCode.Redirect, out_.StatusCode);
        }
    }

    [Fact]
    public async Task Without_the_scopes_nothing_is_shown_or_done()
    {
        var token = await host.Data.UserTokenAsync("ada");
        await host.Database.WriteAsync(async (db, cancel) => (await db.Set<HubRole>().SingleAsync(role => role.Name == "user", cancel)).Scopes = ["read:users!user"], CancellationToken.None);
        var browser = await host.SignInAsync("ada");
        using var page = await browser.GetAsync("/hub/token");
        var text = await page.TextAsync();
        Assert.Contains("id=\"not-allowed\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"tokens\"", text, StringComparison.Ordinal);
        var id = Assert.Single(await host.Data.ListAsync<HubToken>()).Id;
        foreach (var target in new[] { "new", "revoke", "revoke-all", "sign-out" })
        {
            using var refused = await browser.SubmitAsync($"/hub/token/{target}", ("id", $"a{id}"), ("confirmed", "yes"), ("lifetime", "3600"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal("tokens!user=ada", refused.Header("JupyterHub-Required-Scopes"));
        }

        using var alive = await host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    /// <summary>A token does not open the pages, so none can be used to make itself a stronger one there.</summary>
    [Fact]
    public async Task Tokens_are_made_by_persons_only()
    {
        var token = await host.Data.UserTokenAsync("ada", "tokens!user");
        using var form = await host.SendAsync("GET", "/hub/token", token);
        Assert.Equal(HttpStatusCode.Redirect, form.StatusCode);
        using var made = await host.SendAsync("POST", "/hub/token/new", token, new FormUrlEncodedContent([KeyValuePair.Create("lifetime", "3600")]));
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
        var browser = await host.SignInAsync("ada");
        using var forged = await browser.PostFormAsync("/hub/token/new", ("lifetime", "3600"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Single(await host.Data.ListAsync<HubToken>());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onfocus='alert(1)")]
    [InlineData("javascript:alert(1)")]
    [InlineData("{{constructor.constructor('alert(1)')()}}")]
    [InlineData("\u202Eevil\u202C &lt;b&gt;")]
    public async Task A_note_is_never_markup(string note)
    {
        var browser = await host.SignInAsync("ada");
        using var made = await browser.SubmitAsync("/hub/token/new", ("note", note), ("lifetime", "3600"));
        Assert.Equal(note, Assert.Single(await host.Data.ListAsync<HubToken>()).Note);
        using var list = await browser.GetAsync("/hub/token");
        var id = (await host.Data.ListAsync<HubToken>())[0].Id;
        using var question = await browser.SubmitAsync("/hub/token/revoke", ("id", $"a{id}"));
        foreach (var page in new[] { await made.TextAsync(), await list.TextAsync(), await question.TextAsync() })
        {
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page.Replace("<img src=\"/hub/static/hub.svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("'alert", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("=\"javascript:", page);
        }
    }

    [GeneratedRegex("""id="token-value">([0-9a-f]+)<""")]
    private static partial Regex NewToken();

    [GeneratedRegex("""<option value="([^"]*)""")]
    private static partial Regex Choices();
}
