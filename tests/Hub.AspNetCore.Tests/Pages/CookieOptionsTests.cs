using JupyterHub.Core.Configuration;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>Cookies where the operator wants them to be otherwise (contract 7.1).</summary>
public sealed class CookieOptionsTests
{
    private const string Prefixed = "__Host-jupyterhub-hub-login";

    [Fact]
    public async Task A_prefixed_login_is_secure_and_of_the_whole_host_and_read_and_cleared_under_that_name()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.CookieHostPrefixEnabled = true;
            hub.BaseUrl = "/lab/";
        });
        var browser = host.Browser();
        using var entered = await browser.SignInAsync("ada", basePath: "/lab/");
        var login = SetCookie.Of(entered).Single(cookie => cookie.Name.Contains("login", StringComparison.Ordinal));
        Assert.Equal((Prefixed, "/", true, true, null), (login.Name, login.Path, login.IsSecure, login.IsHttpOnly, login.Domain));
        Assert.Equal("jupyterhub-session-id", SetCookie.Of(entered).Single(cookie => cookie.Path == "/lab/").Name);
        using var self = await browser.GetAsync("/lab/hub/api/user");
        Assert.Equal(HttpStatusCode.OK, self.StatusCode);

        // The same value under the plain name, which a neighbour could set, is nobody's.
        var tossed = host.Browser();
        tossed.SetCookie("jupyterhub-hub-login", login.Value, "/lab/hub/");
        using var refused = await tossed.GetAsync("/lab/hub/api/user");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain(SetCookie.Of(refused), cookie => cookie.Name == "jupyterhub-hub-login");

        tossed.SetCookie(Prefixed, "forged", "/");
        using var forged = await tossed.GetAsync("/lab/hub/api/user");
        AssertCleared(forged);
        using var left = await browser.GetAsync("/lab/hub/logout");
        AssertCleared(left);
        Assert.DoesNotContain(Prefixed, browser.CookieNames);
    }

    [Fact]
    public async Task A_plain_hub_takes_no_prefixed_login()
    {
        await using var prefixed = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.CookieHostPrefixEnabled = true;
            hub.CookieSecret = new HubSecret(new string('c', 64));
        });
        await using var plain = await HubHost.StartAsync(setup => setup.Hub = hub => hub.CookieSecret = new HubSecret(new string('c', 64)));
        var browser = await prefixed.SignInAsync("ada");
        await plain.Data.UserAsync("ada");
        var guest = plain.Browser();
        foreach (var name in new[] { Prefixed, "jupyterhub-hub-login" })
        {
            guest.SetCookie(name, browser.Cookie(Prefixed)!, "/");
        }

        using var answer = await guest.GetAsync("/hub/api/user");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Options_hold_for_all_cookies_and_when_they_are_cleared()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub =>
            {
                hub.BaseUrl = "/lab/";
                hub.PublicUrl = "https://hub.example.org/lab/";
            };
            foreach (var (key, value) in new[] { ("SameSite", "None"), ("Secure", "true"), ("Domain", "example.org"), ("Path", "/"), ("ExpiresDays", "7") })
            {
                setup.Settings[$"CookieOptions:{key}"] = value;
            }
        });
        var browser = host.Browser();
        using var entered = await browser.SignInAsync("ada", basePath: "/lab/");
        Assert.Equal(
            ["_xsrf /lab/hub/ ", "jupyterhub-hub-login / 604800", "jupyterhub-session-id / "],
            SetCookie.Of(entered).Select(cookie => $"{cookie.Name} {cookie.Path} {cookie.MaxAge}").Order(StringComparer.Ordinal));
        using var left = await browser.GetAsync("/lab/hub/logout");
        Assert.Equal(4, SetCookie.Of(left).Count(cookie => cookie.IsCleared));
        Assert.All(
            [.. SetCookie.Of(entered), .. SetCookie.Of(left)],
            cookie => Assert.Equal(("none", true, "example.org"), (cookie.SameSite, cookie.IsSecure, cookie.Domain)));
        Assert.Empty(browser.CookieNames);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("0.5", 43200)]
    public async Task Browsers_keep_the_login_as_long_as_is_said(string days, int? seconds)
    {
        await using var host = await HubHost.StartAsync(setup => setup.Settings["CookieOptions:ExpiresDays"] = days);
        using var entered = await host.Browser().SignInAsync("ada");
        Assert.Equal(seconds, SetCookie.Of(entered).Single(cookie => cookie.Name == "jupyterhub-hub-login").MaxAge);
    }

    private static void AssertCleared(HttpResponseMessage answer)
    {
        var cleared = SetCookie.Of(answer).Single(cookie => cookie.Name == Prefixed);
        Assert.Equal((true, "/", true), (cleared.IsCleared, cleared.Path, cleared.IsSecure));
    }
}
