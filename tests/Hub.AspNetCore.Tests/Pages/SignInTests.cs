using System.Text;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>The sign-in form, sessions and signing out (contract 7, 9).</summary>
public sealed class SignInTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Somebody_signs_in_under_a_normalised_name()
    {
        var browser = Host.Browser();
        using var answer = await browser.SignInAsync(" Ada ");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/hub/spawn", answer.Location());
        using var self = await browser.GetAsync("/hub/api/user");
        Assert.Equal("ada", (string)(await self.JsonAsync())["name"]!);
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("ada", "")]
    [InlineData("", HubHost.Password)]
    [InlineData("   ", HubHost.Password)]
    [InlineData("a/b", HubHost.Password)]
    public async Task A_rejected_attempt_shows_the_form_again(string userName, string password)
    {
        var browser = Host.Browser();
        using var answer = await browser.SignInAsync(userName, password);
        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Invalid username or password", page, StringComparison.Ordinal);
        Assert.Contains("id=\"login_submit\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("jupyterhub-hub-login", browser.CookieNames);
        if (password.Length > 0)
        {
            Assert.DoesNotContain(password, page, StringComparison.Ordinal);
        }

        using var retry = await browser.SubmitAsync("/hub/login", ("username", "ada"), ("password", HubHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, retry.StatusCode);
    }

    [Fact]
    public async Task Who_is_not_allowed_or_blocked_does_not_enter()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Authenticator = dummy =>
        {
            dummy.AllowAll = false;
            dummy.AllowedUsers.Add("ada");
            dummy.AllowedUsers.Add("mallory");
            dummy.BlockedUsers.Add("mallory");
        });
        using var ada = await host.Browser().SignInAsync("ada");
        Assert.Equal(HttpStatusCode.Redirect, ada.StatusCode);
        foreach (var name in new[] { "grace", "mallory", "MALLORY" })
        {
            var browser = host.Browser();
            using var answer = await browser.SignInAsync(name);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("Invalid username or password", await answer.TextAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("jupyterhub-hub-login", browser.CookieNames);
        }

        var token = await host.Data.UserTokenAsync("mallory");
        using var blocked = await host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.Forbidden, blocked.StatusCode);
    }

    [Theory]
    [InlineData("_xsrf=x&username=ada&password=" + HubHost.Password)]
    [InlineData("username=ada&password=" + HubHost.Password)]
    [InlineData("")]
    public async Task A_form_without_its_token_is_shown_again(string form)
    {
        var browser = Host.Browser();
        using var page = await browser.GetAsync("/hub/login");
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await browser.SendAsync("POST", "/hub/login", content);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Login form invalid or expired. Try again.", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("jupyterhub-hub-login", browser.CookieNames);
    }

    [Theory]
    [InlineData("username", 403)]
    [InlineData("password", 403)]
    public async Task A_missing_field_is_a_rejected_attempt(string missing, int status)
    {
        var browser = Host.Browser();
        using var page = await browser.GetAsync("/hub/login");
        var fields = new[] { ("username", "ada"), ("password", HubHost.Password) }.Where(field => field.Item1 != missing).ToArray();
        using var answer = await browser.SubmitAsync("/hub/login", fields);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("Invalid username or password", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", """{"username": "ada", "password": "x"}""")]
    [InlineData("text/plain", "username=ada")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", "a=b")]
    public async Task A_body_that_is_no_form_lets_nobody_in(string type, string body)
    {
        var browser = Host.Browser();
        using var page = await browser.GetAsync("/hub/login");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await browser.SendAsync("POST", "/hub/login", content);
        Assert.True((int)answer.StatusCode is 400 or 403, $"{(int)answer.StatusCode}");
        Assert.DoesNotContain("jupyterhub-hub-login", browser.CookieNames);
    }

    [Fact]
    public async Task CVE_2026_54338_names_without_end_are_bounded_everywhere()
    {
        var logs = new CapturedLogs();
        await using var host = await HubHost.StartAsync(setup => setup.Logs = logs);
        foreach (var (name, statuses) in new[]
        {
            (new string('n', 10 * 1024 * 1024), new[] { 400, 413 }), (new string('n', 300_000), [400, 413]), (new string('n', 60_000), [403]), (new string('n', 256), [403]),
            ("evil\r\nfake log line\u001b[31m\u2028\u202e", [403]),
        })
        {
            var browser = host.Browser();
            HttpResponseMessage? answer = null;
            try
            {
                answer = await browser.SignInAsync(name, "wrong-password");
                Assert.Contains((int)answer.StatusCode, statuses);
                Assert.InRange((await answer.TextAsync()).Length, 1, 20_000);
            }
            catch (HttpRequestException) when (name.Length > 1024 * 1024)
            {
                // The hub may hang up on whoever still sends.
            }
            finally
            {
                answer?.Dispose();
            }
        }

        var own = logs.Lines.Where(line => line.Category.StartsWith("JupyterHub", StringComparison.Ordinal)).ToList();
        Assert.Contains(own, line => line.Text.Contains("evil", StringComparison.Ordinal));
        Assert.All(own, line => Assert.InRange(line.Text.Length, 0, 2000));
        Assert.DoesNotContain(own, line => line.Text.Contains("\nfake", StringComparison.Ordinal) || line.Text.Contains('\u001b') || line.Text.Contains('\u2028'));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onfocus=\"alert(1)")]
    [InlineData("'><img src=x>")]
    public async Task What_was_typed_is_never_markup(string typed)
    {
        using var again = await Host.Browser().SignInAsync(typed, "wrong");
        var page = await again.TextAsync();
        Assert.DoesNotContain(typed, page, StringComparison.Ordinal);
        using var prefilled = await Host.SendAsync("GET", $"/hub/login?username={Uri.EscapeDataString(typed)}&next={Uri.EscapeDataString(typed)}");
        Assert.DoesNotContain(typed, await prefilled.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>CVE-2026-33709, CVE-2019-10255: what a link says is followed only on this host.</summary>
    [Theory]
    [InlineData("/hub/home", "/hub/home")]
    [InlineData("/user/ada/tree?a=b", "/user/ada/tree?a=b")]
    [InlineData("{base}/hub/home", "/hub/home")]
    [InlineData("{base}//evil.example", "/evil.example")]
    [InlineData("{base}///x", "/x")]
    [InlineData("//{host}/hub/home", "/hub/home")]
    [InlineData("//evil.example", null)]
    [InlineData("///evil.example", null)]
    [InlineData("////evil.example", null)]
    [InlineData("/\\evil.example", "/%5Cevil.example")]
    [InlineData("\\\\evil.example", null)]
    [InlineData("https://evil.example/", null)]
    [InlineData("HTTPS://evil.example/", null)]
    [InlineData("https:evil.example", null)]
    [InlineData("https:/evil.example", null)]
    [InlineData("{base}@evil.example/", null)]
    [InlineData("{base}.evil.example/", null)]
    [InlineData("http://user@{host}/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("/\t/evil.example", null)]
    [InlineData("/\n/evil.example", null)]
    [InlineData("\t//evil.example", null)]
    [InlineData(" //evil.example", null)]
    [InlineData("/%2f%2fevil.example", "/%2f%2fevil.example")]
    [InlineData("%2f%2fevil.example", null)]
    [InlineData("evil.example", null)]
    [InlineData("/hub/home\r\nSet-Cookie: x=y", null)]
    [InlineData("//[bad", null)]
    public async Task CVE_2026_33709_the_next_page_is_on_this_host(string next, string? location)
    {
        var text = next.Replace("{base}", Host.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal).Replace("{host}", Host.Url.Authority, StringComparison.Ordinal);
        var browser = Host.Browser();
        using var answer = await browser.SignInAsync("next", query: $"?next={Uri.EscapeDataString(text)}");
        Assert.Equal(location ?? "/hub/spawn", answer.Location());
        Assert.False(answer.Headers.Contains("x"));
        using var again = await browser.GetAsync($"/hub/login?next={Uri.EscapeDataString(text)}");
        Assert.Equal(location ?? "/hub/spawn", again.Location());
        using var byForm = await browser.SubmitAsync("/hub/login?next=/other", ("username", "next"), ("password", HubHost.Password), ("next", text));
        Assert.Equal(location ?? "/hub/spawn", byForm.Location());
    }

    [Fact]
    public async Task The_hub_itself_is_known_by_its_public_address()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.PublicUrl = "https://hub.example/");
        foreach (var (next, location) in new[] { ("https://hub.example/x", "/x"), ("http://hub.example/x", "/hub/spawn"), ($"{host.Url}x", "/hub/spawn"), ("https://hub.example.evil/x", "/hub/spawn") })
        {
            using var answer = await host.Browser().SignInAsync("ada", query: $"?next={Uri.EscapeDataString(next)}");
            Assert.Equal(location, answer.Location());
        }

        using var page = await host.SendAsync("GET", "/hub/login");
        Assert.Contains("<strong>hub.example</strong>", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_makes_a_session_that_nobody_could_have_planted()
    {
        var browser = Host.Browser();
        browser.SetCookie("jupyterhub-session-id", new string('a', 32), "/");
        using var answer = await browser.SignInAsync("fixated");
        var session = SetCookie.Of(answer).Single(cookie => cookie.Name == "jupyterhub-session-id");
        Assert.NotEqual(new string('a', 32), session.Value);
        Assert.Matches("^[0-9a-f]{32}$", session.Value);
    }

    [Fact]
    public async Task Signing_in_as_somebody_else_ends_the_first_sign_in()
    {
        var browser = await Host.SignInAsync("first");
        var before = browser.Copy();
        using var second = await browser.SubmitAsync("/hub/login", ("username", "second"), ("password", HubHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        using var self = await browser.GetAsync("/hub/api/user");
        Assert.Equal("second", (string)(await self.JsonAsync())["name"]!);
        using var old = await before.GetAsync("/hub/api/user");
        Assert.Equal(HttpStatusCode.Forbidden, old.StatusCode);
    }

    [Fact]
    public async Task GHSA_cw7p_q79f_m2v7_signing_out_holds_for_every_tab()
    {
        var browser = await Host.SignInAsync("leaver");
        var other = await Host.SignInAsync("leaver");
        var userId = (await Host.Data.UserAsync("leaver")).Id;
        var session = browser.Cookie("jupyterhub-session-id")!;
        var mine = await Host.Data.TokenAsync(new NewToken { UserId = userId, Scopes = ["inherit"], SessionId = session });
        var theirs = await Host.Data.TokenAsync(new NewToken { UserId = userId, Scopes = ["inherit"], SessionId = other.Cookie("jupyterhub-session-id") });
        var unbound = await Host.Data.UserTokenAsync("leaver");

        // Requests of other tabs are under way while one signs out.
        var tab = browser.Copy();
        tab.Drop("jupyterhub-session-id");
        var tabs = Enumerable.Range(0, 20).Select(_ => tab.Copy().GetAsync("/hub/home")).ToList();
        var signOut = browser.GetAsync("/hub/logout");
        foreach (var answer in await Task.WhenAll(tabs))
        {
            Assert.DoesNotContain(SetCookie.Of(answer), cookie => cookie is { Name: "jupyterhub-hub-login", IsCleared: false });
            answer.Dispose();
        }

        using var gone = await signOut;
        Assert.Equal("/hub/login", gone.Location());
        Assert.Equal(
            ["_xsrf", "jupyterhub-hub-login", "jupyterhub-services", "jupyterhub-session-id"],
            SetCookie.Of(gone).Where(cookie => cookie.IsCleared).Select(cookie => cookie.Name).Order(StringComparer.Ordinal));
        using var refused = await tab.GetAsync("/hub/home");
        Assert.Equal("/hub/login?next=%2Fhub%2Fhome", refused.Location());
        Assert.Contains(SetCookie.Of(refused), cookie => cookie is { Name: "jupyterhub-hub-login", IsCleared: true });
        foreach (var (token, status) in new[] { (mine, 403), (theirs, 200), (unbound, 200) })
        {
            using var answer = await Host.SendAsync("GET", "/hub/api/user", token);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var still = await other.GetAsync("/hub/home");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.DoesNotContain(await Host.Data.ListAsync<OAuthCode>(), code => code.SessionId == session);
    }

    [Fact]
    public async Task Signing_out_without_a_sign_in_deletes_nothing()
    {
        var browser = await Host.SignInAsync("safe");
        var session = browser.Cookie("jupyterhub-session-id")!;
        var token = await Host.Data.TokenAsync(new NewToken { UserId = (await Host.Data.UserAsync("safe")).Id, Scopes = ["inherit"], SessionId = session });
        var thief = Host.Browser();
        thief.SetCookie("jupyterhub-session-id", session, "/");
        using var answer = await thief.GetAsync("/hub/logout");
        Assert.Equal("/hub/login", answer.Location());
        Assert.Empty(SetCookie.Of(answer));
        using var alive = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Signing_out_can_stop_servers()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.ShutdownOnLogout = true);
        var browser = await host.SignInAsync("ada");
        await host.StartServerAsync("ada");
        using var answer = await browser.GetAsync("/hub/logout");
        await Eventually.TrueAsync(() => !host.Get<Core.Servers.ServerSupervisor>().GetStatus("ada", "").IsActive);
    }
}
