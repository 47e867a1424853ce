using System.Diagnostics;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>Cookies as browsers and the original's own library see them (contract 7.1).</summary>
public sealed class CookieTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Cookies_have_paths_lifetimes_and_flags()
    {
        using var first = await Host.SendAsync("GET", "/hub/login");
        Assert.Equal(["_xsrf|/hub/|open|plain|3600||"], SetCookie.Of(first).Select(Describe));
        using var answer = await Host.Browser().SignInAsync("ada");
        Assert.Equal(
            ["_xsrf|/hub/|open|plain|||", "jupyterhub-hub-login|/hub/|httponly|plain|2592000||", "jupyterhub-session-id|/|httponly|plain|||"],
            SetCookie.Of(answer).Select(Describe).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, "https", false)]
    [InlineData("127.0.0.1", "https", true)]
    [InlineData("127.0.0.1", "http", false)]
    [InlineData("10.0.0.1", "https", false)]
    public async Task Cookies_are_secure_where_a_trusted_proxy_says_that_the_browser_speaks_https(string? trusted, string scheme, bool isSecure)
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            if (trusted is not null)
            {
                hub.TrustedDownstreamIps.Add(trusted);
            }
        });
        var browser = host.Browser();
        browser.Headers["X-Forwarded-Proto"] = scheme;
        using var answer = await browser.SignInAsync("ada");
        Assert.Equal(3, SetCookie.Of(answer).Count);
        Assert.All(SetCookie.Of(answer), cookie => Assert.Equal(isSecure, cookie.IsSecure));
    }

    [Theory]
    [InlineData("https://hub.example/", true)]
    [InlineData("http://hub.example/", false)]
    public async Task Cookies_are_secure_as_the_public_address_is(string publicUrl, bool isSecure)
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.PublicUrl = publicUrl);
        using var answer = await host.Browser().SignInAsync("ada");
        Assert.All(SetCookie.Of(answer), cookie => Assert.Equal(isSecure, cookie.IsSecure));
    }

    [Fact]
    public async Task The_originals_library_reads_ours_and_ours_reads_its()
    {
        var browser = await Host.SignInAsync("ada");
        var secret = (await File.ReadAllTextAsync(Path.Combine(Host.Folder, "data", "jupyterhub_cookie_secret"))).Trim();
        var cookieId = (await Host.Data.UserAsync("ada")).CookieId;
        var script = """
            import base64, binascii, json, sys
            from tornado.web import create_signed_value, decode_signed_value
            given = json.load(sys.stdin)
            key = binascii.a2b_hex(given["secret"])
            xsrf = given["xsrf"] + "=" * (-len(given["xsrf"]) % 4)
            print(json.dumps({
              "login": decode_signed_value(key, "jupyterhub-hub-login", given["login"], max_age_days=14).decode(),
              "xsrf": decode_signed_value(key, "_xsrf", base64.urlsafe_b64decode(xsrf), max_age_days=31).decode(),
              "made": create_signed_value(key, "jupyterhub-hub-login", given["cookie_id"]).decode(),
              "old": create_signed_value(key, "jupyterhub-hub-login", given["cookie_id"], clock=lambda: 1600000000).decode(),
              "forged": create_signed_value(b"x" * 32, "jupyterhub-hub-login", given["cookie_id"]).decode(),
              "other": create_signed_value(key, "other-name", given["cookie_id"]).decode(),
            }))
            """;
        var answer = await PythonAsync(script, new JsonObject
        {
            ["secret"] = secret, ["login"] = browser.Cookie("jupyterhub-hub-login"), ["xsrf"] = browser.Cookie("_xsrf"), ["cookie_id"] = cookieId,
        });
        Assert.Equal(cookieId, (string)answer["login"]!);
        Assert.Equal($"{browser.Cookie("jupyterhub-session-id")}:{cookieId}", (string)answer["xsrf"]!);
        foreach (var (made, status) in new[] { ("made", 200), ("old", 403), ("forged", 403), ("other", 403) })
        {
            var guest = Host.Browser();
            guest.SetCookie("jupyterhub-hub-login", (string)answer[made]!, "/hub/");
            using var self = await guest.GetAsync("/hub/api/user");
            Assert.Equal(status, (int)self.StatusCode);
            Assert.Equal(status == 403, SetCookie.Of(self).Any(cookie => cookie is { Name: "jupyterhub-hub-login", IsCleared: true }));
        }
    }

    [Fact]
    public async Task CVE_2024_28233_cookies_of_neighbours_do_not_take_the_place_of_ours()
    {
        var browser = await Host.SignInAsync("shadowed");
        var attacker = await Host.SignInAsync("attacker");
        var own = browser.CookieHeader("/hub/");
        foreach (var foreign in new[]
        {
            "_xsrf=2|12345678|0123456789abcdef0123456789abcdef|1700000000", "_xsrf=x; _xsrf=; _xsrf=\"\"", $"_xsrf={attacker.Cookie("_xsrf")}",
            "jupyterhub-hub-login=forged", "jupyterhub-session-id=not-one", "a=b; _xsrf", ";;=;",
        })
        {
            using var home = await browser.GetAsync("/hub/home", ("Cookie", $"{foreign}; {own}"));
            Assert.Equal(HttpStatusCode.OK, home.StatusCode);
            Assert.DoesNotContain(SetCookie.Of(home), cookie => cookie.Name != "_xsrf");
            using var self = await browser.GetAsync("/hub/api/user", ("Cookie", $"{foreign}; {own}"));
            Assert.Equal("shadowed", (string)(await self.JsonAsync())["name"]!);
        }

        // A token that belongs to the attacker's session does not serve for this one.
        using var planted = await browser.SendAsync(
            "POST",
            "/hub/spawn/shadowed",
            new FormUrlEncodedContent([new("_xsrf", attacker.Cookie("_xsrf")!)]),
            ("Cookie", $"_xsrf={attacker.Cookie("_xsrf")}; {own}"));
        Assert.Equal(HttpStatusCode.Forbidden, planted.StatusCode);
    }

    [Fact]
    public async Task Static_files_and_the_version_set_no_cookie_whoever_asks()
    {
        var browser = await Host.SignInAsync("static");
        browser.Drop("jupyterhub-session-id");
        browser.SetCookie("_xsrf", "broken", "/hub/");
        foreach (var target in new[] { "/hub/static/hub.css", "/hub/static/hub.css?v=1", "/hub/logo", "/hub/health", "/hub/api/" })
        {
            using var answer = await browser.GetAsync(target);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(SetCookie.Of(answer));
        }
    }

    private static string Describe(SetCookie cookie) =>
        $"{cookie.Name}|{cookie.Path}|{(cookie.IsHttpOnly ? "httponly" : "open")}|{(cookie.IsSecure ? "secure" : "plain")}|{cookie.MaxAge}|{cookie.SameSite}|{cookie.Domain}";

    private static async Task<JsonObject> PythonAsync(string script, JsonObject input)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await python.StandardInput.WriteAsync(input.ToJsonString());
        python.StandardInput.Close();
        var output = await python.StandardOutput.ReadToEndAsync();
        var errors = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, errors);
        return JsonNode.Parse(output)!.AsObject();
    }
}
