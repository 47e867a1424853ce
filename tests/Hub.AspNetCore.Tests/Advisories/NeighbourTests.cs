namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>CVE-2024-28233 (GHSA-7r3h-4ph8-w38g): content on a path or subdomain of a peer plants cookies, or uses its own session, against another's.</summary>
public sealed class NeighbourTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    /// <summary>
    /// Cookies that a page at /user/mallory/ or on another port or subdomain can set come under the same names, before or after ours:
    /// narrower paths first, then older ones. Here are both orders, all kinds of values.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CVE_2024_28233_planted_cookies_neither_sign_in_nor_serve_as_tokens(bool plantedFirst)
    {
        var victim = await Host.SignInAsync("victim");
        var mallory = await Host.SignInAsync("mallory");
        var stranger = Host.Browser();
        using var form = await stranger.GetAsync("/hub/login");

        // The hub gives the victim another token where a foreign one stands first; here the browser goes on with what it had.
        var (own, token) = (victim.CookieHeader("/hub/"), victim.Cookie("_xsrf")!);
        foreach (var planted in new[] { mallory.Cookie("_xsrf")!, stranger.Cookie("_xsrf")!, "", "x", new string('A', 9000) })
        {
            var cookies = plantedFirst ? $"_xsrf={planted}; {own}" : $"{own}; _xsrf={planted}";
            foreach (var (method, target) in new[] { ("POST", "/hub/spawn/victim"), ("POST", "/hub/accept-share?code=x"), ("DELETE", "/hub/api/users/victim/sessions"), ("POST", "/hub/api/users/victim/tokens") })
            {
                foreach (var submitted in new[] { planted, "" })
                {
                    using var answer = await victim.SendAsync(method, target, null, ("Cookie", cookies), ("X-XSRFToken", submitted));
                    Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {target} {planted}: {answer.StatusCode}");
                }
            }

            // The victim's own work goes on where no foreign token of ours stands before the right one.
            if (!plantedFirst || planted is "" or "x" || planted.Length > 1000)
            {
                using var right = await victim.SendAsync("POST", "/hub/accept-share?code=x", null, ("Cookie", cookies), ("X-XSRFToken", token));
                Assert.Equal(HttpStatusCode.BadRequest, right.StatusCode);
            }
        }
    }

    [Fact]
    public async Task CVE_2024_28233_a_planted_session_id_does_not_bind_the_victims_tokens_to_the_attackers_session()
    {
        var mallory = await Host.SignInAsync("planter");
        var victim = Host.Browser();
        victim.SetCookie("jupyterhub-session-id", mallory.Cookie("jupyterhub-session-id")!, "/");
        using var entered = await victim.SignInAsync("planted-on");
        Assert.NotEqual(mallory.Cookie("jupyterhub-session-id"), victim.Cookie("jupyterhub-session-id"));

        // Planted later: signing out there does not sign the victim out, nor the other way round.
        victim.SetCookie("jupyterhub-session-id", mallory.Cookie("jupyterhub-session-id")!, "/");
        using var left = await mallory.GetAsync("/hub/logout");
        using var self = await victim.GetAsync("/hub/api/user");
        Assert.Equal(HttpStatusCode.OK, self.StatusCode);
    }

    /// <summary>A login cookie of the attacker before the victim's own (a narrower path) makes the victim the attacker, never the attacker the victim.</summary>
    [Fact]
    public async Task CVE_2024_28233_a_token_is_good_only_with_the_login_and_session_it_was_made_for()
    {
        var (victim, mallory) = (await Host.SignInAsync("bound"), await Host.SignInAsync("binder"));
        var again = await Host.SignInAsync("bound");
        foreach (var (browser, foreign) in new[] { (victim, mallory), (victim, again), (mallory, victim) })
        {
            using var answer = await browser.SendAsync("POST", "/hub/accept-share?code=x", null, ("X-XSRFToken", foreign.Cookie("_xsrf")!));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            using var own = await browser.SendAsync("POST", "/hub/accept-share?code=x", null, ("X-XSRFToken", browser.Cookie("_xsrf")!));
            Assert.Equal(HttpStatusCode.BadRequest, own.StatusCode);
        }
    }

    /// <summary>Cookies say no domain, so browsers keep them from subdomains; and each has the narrowest path that works.</summary>
    [Theory]
    [InlineData("hub.example")]
    [InlineData("ada.hub.example")]
    [InlineData("127.0.0.9:1234")]
    public async Task CVE_2024_28233_cookies_belong_to_one_host_and_path(string name)
    {
        var browser = Host.Browser();
        browser.Headers["Host"] = name;
        using var entered = await browser.SignInAsync("narrow");
        Assert.Equal(
            ["_xsrf /hub/ ", "jupyterhub-hub-login /hub/ ", "jupyterhub-session-id / "],
            SetCookie.Of(entered).Select(cookie => $"{cookie.Name} {cookie.Path} {cookie.Domain}").Order(StringComparer.Ordinal));
    }
}
