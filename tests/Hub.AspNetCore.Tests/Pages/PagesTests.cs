using System.Text.RegularExpressions;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The hub's pages: statuses, redirects, and what every page has (contract 9).</summary>
public sealed partial class PagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData("/hub/login", 200)]
    [InlineData("/hub/home", 200)]
    [InlineData("/hub/nothing", 404)]
    [InlineData("/hub/error/503", 200)]
    [InlineData("/hub/error/404?url=%2Fx", 200)]
    [InlineData("/hub/user/{user}/tree", 424)]
    [InlineData("/hub/user/nobody/tree", 404)]
    [InlineData("/hub/spawn-pending/{user}", 200)]
    [InlineData("/hub/spawn-pending/nobody", 404)]
    [InlineData("/hub/spawn/nobody", 404)]
    [InlineData("/hub/api/oauth2/authorize", 400)]
    [InlineData("/hub/api/oauth2/authorize?client_id=jupyterhub-user-consented&response_type=code", 200)]
    [InlineData("/hub/home?x=%ff", 400)]
    public async Task Every_page_is_a_whole_and_accessible_document(string target, int status)
    {
        var browser = target == "/hub/login" ? Host.Browser() : await Host.SignInAsync(target.Contains("authorize", StringComparison.Ordinal) ? "root" : "reader");
        if (target.Contains("consented", StringComparison.Ordinal))
        {
            await Host.Data.UserAsync("consented");
            await Host.StartServerAsync("consented");
        }

        using var answer = await browser.GetAsync(target.Replace("{user}", "reader", StringComparison.Ordinal));
        var page = await answer.TextAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<!doctype html>", page.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Matches("<title>[^<]+</title>", page);
        Assert.Single(Heading().Matches(page));
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", page);
        Assert.DoesNotMatch(@"\son[a-z]+\s*=", page);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        foreach (Match input in Field().Matches(page))
        {
            Assert.Contains($"<label for=\"{input.Groups["id"].Value}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_allow_no_inline_code_and_no_frames()
    {
        var browser = await Host.SignInAsync("policy");
        foreach (var target in new[] { "/hub/login", "/hub/home", "/hub/nothing", "/hub/user/policy/x", "/hub/spawn-pending/policy" })
        {
            using var answer = await browser.GetAsync(target);
            var policy = answer.Header("Content-Security-Policy")!;
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            foreach (var directive in new[] { "frame-ancestors 'none'", "report-uri /hub/security/csp-report", "default-src 'none'", "script-src 'self'" })
            {
                Assert.Contains(directive, policy, StringComparison.Ordinal);
            }

            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("6.0.0", answer.Header("X-JupyterHub-Version"));
            if (answer.StatusCode != HttpStatusCode.Redirect)
            {
                Assert.Equal("no-cache, private", string.Join(", ", answer.Header("Cache-Control")!.Split(", ").Order(StringComparer.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Headers_of_the_operator_replace_the_hubs()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.Headers["content-security-policy"] = "frame-ancestors https://portal.example";
            hub.Headers["Access-Control-Allow-Origin"] = "https://portal.example";
            hub.Headers["X-Extra"] = "yes";
        });
        foreach (var target in new[] { "/hub/login", "/hub/api/", "/hub/api/nothing" })
        {
            using var answer = await host.SendAsync("GET", target);
            Assert.Equal("frame-ancestors https://portal.example", answer.Header("Content-Security-Policy"));
            Assert.Equal("https://portal.example", answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal("yes", answer.Header("X-Extra"));
        }
    }

    [Fact]
    public async Task Files_of_the_pages_are_there_and_may_be_kept()
    {
        using var page = await Host.SendAsync("GET", "/hub/login");
        var assets = Asset().Matches(await page.TextAsync()).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(assets);
        foreach (var asset in assets)
        {
            using var kept = await Host.SendAsync("GET", asset);
            Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
            Assert.Contains("max-age=31536000", kept.Header("Cache-Control"), StringComparison.Ordinal);
            using var asked = await Host.SendAsync("GET", asset[..asset.IndexOf('?', StringComparison.Ordinal)]);
            Assert.Equal("no-cache", asked.Header("Cache-Control"));
        }

        foreach (var missing in new[] { "/hub/static/nope.css", "/hub/static/", "/hub/static/x/../hub.css", "/hub/static/%2e%2e/hub.css" })
        {
            using var answer = await Host.SendAsync("GET", missing);
            Assert.True((int)answer.StatusCode is 400 or 404);
        }
    }

    [Fact]
    public async Task A_server_is_started_watched_and_stopped_without_scripts()
    {
        var browser = await Host.SignInAsync("scriptless");
        using var home = await browser.GetAsync("/hub/home");
        Assert.Contains("action=\"/hub/spawn/scriptless\"", await home.TextAsync(), StringComparison.Ordinal);
        using var started = await browser.SubmitAsync("/hub/spawn/scriptless");
        Assert.Equal("/hub/spawn-pending/scriptless", started.Location());
        await Eventually.TrueAsync(() => Host.Get<ServerSupervisor>().GetStatus("scriptless", "").IsReady);
        using var ready = await browser.GetAsync("/hub/spawn-pending/scriptless?next=/user/scriptless/lab");
        Assert.Equal("/user/scriptless/lab", ready.Location());
        using var running = await browser.GetAsync("/hub/home");
        Assert.Contains("href=\"/user/scriptless/\"", await running.TextAsync(), StringComparison.Ordinal);
        using var again = await browser.SubmitAsync("/hub/spawn/scriptless");
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        using var stopped = await browser.SubmitAsync("/hub/stop/scriptless");
        Assert.Equal("/hub/home", stopped.Location());
        Assert.False(Host.Get<ServerSupervisor>().GetStatus("scriptless", "").IsActive);
    }

    [Fact]
    public async Task A_failed_start_says_why_and_offers_another_try()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple => simple.Command = ["/nonexistent/<b>server</b>"]);
        var browser = await host.SignInAsync("ada");
        using var started = await browser.GetAsync("/hub/spawn?next=/user/ada/x");
        Assert.Equal("/hub/spawn-pending/ada?next=%2Fuser%2Fada%2Fx", started.Location());
        await Eventually.TrueAsync("the failure", () => host.Get<ServerSupervisor>().GetStatus("ada", "").Failure is not null);
        using var pending = await browser.GetAsync(started.Location()!);
        var page = await pending.TextAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, pending.StatusCode);
        Assert.Contains("id=\"failure\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"retry\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>server</b>", page, StringComparison.Ordinal);
        using var home = await browser.GetAsync("/hub/home");
        Assert.Contains("The last start failed", await home.TextAsync(), StringComparison.Ordinal);
        using var gate = await browser.GetAsync("/hub/user/ada/x");
        Assert.Equal(HttpStatusCode.SeeOther, gate.StatusCode);
        Assert.Equal("/hub/spawn-pending/ada?next=%2Fhub%2Fuser%2Fada%2Fx", gate.Location());
        using var health = await host.SendAsync("GET", "/hub/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_pending_start_is_shown_and_can_be_cancelled()
    {
        var browser = await Host.SignInAsync("patient");
        await Host.Get<ServerSupervisor>().StartAsync("patient", "", new(UserOptions: new() { ["mode"] = "deaf" }), CancellationToken.None);
        using var pending = await browser.GetAsync("/hub/spawn-pending/patient?next=//evil.example");
        var page = await pending.TextAsync();
        Assert.Equal(HttpStatusCode.OK, pending.StatusCode);
        Assert.Contains("/hub/api/users/patient/server/progress?_xsrf=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", page, StringComparison.Ordinal);
        Assert.Contains("<noscript>", page, StringComparison.Ordinal);
        using var root = await browser.GetAsync("/hub/");
        Assert.Equal("/user/patient/", root.Location());
        using var json = await browser.GetAsync("/hub/user/patient/x", ("Accept", "application/json"));
        Assert.Equal(HttpStatusCode.FailedDependency, json.StatusCode);
        using var cancelled = await browser.SubmitAsync("/hub/stop/patient");
        Assert.Equal("/hub/home", cancelled.Location());
        using var idle = await browser.GetAsync("/hub/spawn-pending/patient");
        Assert.Contains("id=\"start\"", await idle.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_watches_starts_or_stops_the_server_of_somebody_else()
    {
        await Host.Data.UserAsync("theirs");
        await Host.StartServerAsync("theirs");
        var browser = await Host.SignInAsync("other");
        foreach (var target in new[] { "/hub/spawn/theirs", "/hub/spawn-pending/theirs", "/hub/user/theirs/x" })
        {
            using var answer = await browser.GetAsync(target);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        foreach (var target in new[] { "/hub/spawn/theirs", "/hub/stop/theirs" })
        {
            using var answer = await browser.SubmitAsync(target);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.True(Host.Get<ServerSupervisor>().GetStatus("theirs", "").IsReady);
    }

    [Fact]
    public async Task The_short_form_of_spawn_asks_for_the_same_scope()
    {
        await using var host = await HubHost.StartAsync();
        var browser = await host.SignInAsync("ada");
        await host.Database.WriteAsync(
            async (db, token) => (await db.Set<HubRole>().SingleAsync(role => role.Name == "user", token)).Scopes = ["read:users!user"], CancellationToken.None);
        foreach (var target in new[] { "/hub/spawn", "/hub/spawn/ada" })
        {
            using var get = await browser.GetAsync(target);
            Assert.Equal(HttpStatusCode.Forbidden, get.StatusCode);
            using var post = await browser.SubmitAsync(target);
            Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        }

        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    /// <summary>CVE-2026-40864: only a person who follows a link or presses the button starts a server.</summary>
    [Theory]
    [InlineData("GET", "no-cors", "same-origin", "image", 403)]
    [InlineData("GET", "no-cors", "cross-site", "image", 403)]
    [InlineData("GET", "no-cors", "cross-site", "script", 403)]
    [InlineData("GET", "cors", "same-site", "empty", 403)]
    [InlineData("GET", "cors", "same-origin", "empty", 403)]
    [InlineData("GET", "navigate", "cross-site", "iframe", 403)]
    [InlineData("GET", "navigate", "cross-site", "document", 302)]
    [InlineData("GET", "navigate", "none", "document", 302)]
    [InlineData("POST", "navigate", "cross-site", "document", 403)]
    [InlineData("POST", "navigate", "same-origin", "document", 403)]
    [InlineData("POST", "no-cors", "same-origin", "empty", 403)]
    [InlineData("POST", "no-cors", "cross-site", "empty", 403)]
    [InlineData("POST", "cors", "same-origin", "empty", 403)]
    [InlineData("POST", null, null, null, 403)]
    public async Task CVE_2026_40864_a_server_is_started_by_persons_only(string method, string? mode, string? site, string? destination, int status)
    {
        var name = $"fetched-{Guid.NewGuid():N}";
        var browser = await Host.SignInAsync(name);
        (string, string)[] headers = [.. new[] { ("Sec-Fetch-Mode", mode!), ("Sec-Fetch-Site", site!), ("Sec-Fetch-Dest", destination!) }.Where(header => header.Item2 is not null)];
        using var answer = await browser.SendAsync(method, "/hub/spawn", method == "POST" ? new FormUrlEncodedContent([]) : null, headers);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 302, Host.Get<ServerSupervisor>().GetStatus(name, "").IsActive);
        if (status == 302)
        {
            await (await Host.Get<ServerSupervisor>().StopAsync(name, "", CancellationToken.None)).Completion;
        }
    }

    [Fact]
    public async Task A_link_for_everybody_leads_to_ones_own_server()
    {
        var browser = await Host.SignInAsync("linked");
        foreach (var (target, location) in new[]
        {
            ("/hub/user-redirect/lab/tree/a%20b.ipynb?x=%2F&y=1", "/hub/spawn/linked?next=%2Fuser%2Flinked%2Flab%2Ftree%2Fa%2520b.ipynb%3Fx%3D%252F%26y%3D1"),
            ("/hub/user-redirect/", "/hub/spawn/linked?next=%2Fuser%2Flinked%2F"), ("/hub/user-redirect//evil.example", "/hub/spawn/linked?next=%2Fuser%2Flinked%2F%2Fevil.example"),
        })
        {
            using var answer = await browser.GetAsync(target);
            Assert.Equal(location, answer.Location());
        }

        using var anonymous = await Host.SendAsync("GET", "/hub/user-redirect/x?y=1");
        Assert.Equal("/hub/login?next=%2Fhub%2Fuser-redirect%2Fx%3Fy%3D1", anonymous.Location());
    }

    [Fact]
    public async Task A_loop_of_redirects_ends()
    {
        var browser = await Host.SignInAsync("looping");
        await Host.StartServerAsync("looping");
        using var first = await browser.GetAsync("/hub/user/looping/x?y=1");
        Assert.Equal("/user/looping/x?y=1&redirects=1", first.Location());
        using var last = await browser.GetAsync("/hub/user/looping/x?redirects=4");
        Assert.Equal(HttpStatusCode.InternalServerError, last.StatusCode);
        Assert.Contains("Redirect loop detected.", await last.TextAsync(), StringComparison.Ordinal);
        using var absurd = await browser.GetAsync("/hub/user/looping/x?redirects=99999999999999999999");
        Assert.Equal("/user/looping/x?redirects=99999999999999999999&redirects=1", absurd.Location());
    }

    [Fact]
    public async Task A_server_that_died_shows_an_error_page_of_the_hub()
    {
        var browser = await Host.SignInAsync("crashing");
        await Host.StartServerAsync("crashing");
        await Host.KillServerAsync("crashing");
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await browser.GetAsync("/user/crashing/x");
            return answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Redirect;
        });
    }

    [Fact]
    public async Task Signed_in_persons_may_report_violations()
    {
        var browser = await Host.SignInAsync("reporter");
        using var report = await browser.SendAsync("POST", "/hub/security/csp-report", Answers.Json("{}"));
        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
    }

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Heading();

    [GeneratedRegex("""<input(?![^>]*type="hidden")[^>]*id="(?<id>[^"]+)""")]
    private static partial Regex Field();

    [GeneratedRegex("""(?:href|src)="(/hub/static/[^"]+)""")]
    private static partial Regex Asset();
}
