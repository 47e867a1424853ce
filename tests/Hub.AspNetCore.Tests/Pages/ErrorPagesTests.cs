using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>What errors tell people: what is missing, whom to ask, when to try again; and nothing else.</summary>
public sealed class ErrorPagesTests
{
    private static Task<HubHost> StartAsync(CapturedLogs? logs = null) => HubHost.StartAsync(setup =>
    {
        setup.Logs = logs;
        setup.Hub = hub =>
        {
            hub.Pages.Contact = "the desk, desk@example.org, https://help.example/";
            FailingRoutes.AddDeadService(hub);
        };
        FailingRoutes.Add(setup);
    });

    [Fact]
    public async Task A_refusal_names_the_permissions_in_words_and_whom_to_ask()
    {
        await using var host = await StartAsync();
        var browser = await host.SignInAsync("ada");
        var page = await PageAsync(browser, "/hub/secret-page", 403);
        Assert.Contains("<code>admin:users</code>", page, StringComparison.Ordinal);
        Assert.Contains("Close to full control of the hub.", page, StringComparison.Ordinal);
        Assert.Contains("<code>admin:servers</code>", page, StringComparison.Ordinal);
        Assert.Contains("one of these permissions", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"mailto:desk@example.org\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://help.example/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"retry\"", page, StringComparison.Ordinal);
        var one = await PageAsync(browser, "/hub/their-page", 403);
        Assert.Contains("a permission that you do not have", one, StringComparison.Ordinal);
        Assert.Contains("id=\"home\"", one, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/hub/nothing", 404, "/hub/login?next=%2Fhub%2Fnothing")]
    [InlineData("/hub/nothing?x=%22%3E&y", 404, "/hub/login?next=%2Fhub%2Fnothing%3Fx%3D%2522%253E%26y")]
    [InlineData("/hub//evil.example/", 404, "/hub/login?next=%2Fhub%2F%2Fevil.example%2F")]
    public async Task Strangers_are_offered_to_sign_in(string target, int status, string address)
    {
        await using var host = await StartAsync();
        var page = await PageAsync(host.Browser(), target, status);
        Assert.Equal(address, Link(page, "sign-in"));
        Assert.DoesNotContain("id=\"home\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_is_told_in_seconds_with_a_link_that_tries_again()
    {
        await using var host = await StartAsync();
        var busy = await PageAsync(host.Browser(), "/hub/busy?a=1", 429);
        Assert.Contains("Try again in 42 seconds.", busy, StringComparison.Ordinal);
        Assert.Equal("/hub/busy?a=1", Link(busy, "retry"));
        var locked = await PageAsync(host.Browser(), "/hub/locked", 503);
        Assert.Contains("Try again in 5 seconds.", locked, StringComparison.Ordinal);
        Assert.Equal("/hub/locked", Link(locked, "retry"));
        var large = await PageAsync(host.Browser(), "/hub/large", 413);
        Assert.Contains("larger than this hub accepts", large, StringComparison.Ordinal);
        Assert.Null(Link(large, "retry"));
    }

    [Fact]
    public async Task What_went_wrong_stands_in_the_log_under_the_number_that_the_page_shows()
    {
        var logs = new CapturedLogs();
        await using var host = await StartAsync(logs);
        foreach (var target in new[] { "/hub/broken", "/hub/locked" })
        {
            var page = await PageAsync(host.Browser(), target, target == "/hub/broken" ? 500 : 503);
            Assert.DoesNotContain(FailingRoutes.Secret, page, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
            var id = Regex.Match(page, """id="request-id">.*?<bdi>([^<]+)</bdi>""", RegexOptions.Singleline).Groups[1].Value;
            Assert.NotEmpty(id);
            var line = Assert.Single(logs.Lines, line => line.EventId == 7001 && line.Text.Contains($"(request {id})", StringComparison.Ordinal));
            Assert.Contains(FailingRoutes.Secret, line.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_posted_is_not_offered_to_be_sent_again()
    {
        await using var host = await StartAsync();
        using var answer = await host.SendAsync("POST", "/hub/broken", body: new FormUrlEncodedContent([]));
        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Null(Link(page, "retry"));
        Assert.NotNull(Link(page, "home"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_in_the_same_form()
    {
        await using var host = await StartAsync();
        using var answer = await host.SendAsync("GET", "/services/dead/x?y=1");
        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The server does not answer", page, StringComparison.Ordinal);
        Assert.Equal("/services/dead/x?y=1", Link(page, "retry"));
        Assert.Equal("/hub/home", Link(page, "home"));
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    /// <summary>Proxies in front fetch this page for their own errors; the address is theirs to give, so nothing of it is believed.</summary>
    [Theory]
    [InlineData("503", "/user/ada/lab?x=1", "/user/ada/lab?x=1")]
    [InlineData("502", "/user/ada/", "/user/ada/")]
    [InlineData("504", "//evil.example/", null)]
    [InlineData("503", "https://evil.example/", null)]
    [InlineData("503", "javascript:alert(1)", null)]
    [InlineData("503", "/\\evil.example", "/%5Cevil.example")]
    [InlineData("503", "\"><script>alert(1)</script>", null)]
    [InlineData("503", "/\"><script>alert(1)</script>", "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("503", "", null)]
    [InlineData("404", "/user/ada/", null)]
    [InlineData("508", "/user/ada/", null)]
    public async Task The_page_for_other_proxies_leads_back_to_the_address_if_it_is_ours(string code, string url, string? retry)
    {
        await using var host = await StartAsync();
        var page = await PageAsync(host.Browser(), $"/hub/error/{code}?url={Uri.EscapeDataString(url)}", 200);
        Assert.Equal(retry, Link(page, "retry"));
        Assert.Equal("/hub/home", Link(page, "home"));
        HostileTexts.AssertHarmless(page);
        using var none = await host.SendAsync("GET", $"/hub/error/{code}");
        Assert.Null(Link(await none.TextAsync(), "retry"));
    }

    [Fact]
    public async Task Texts_of_errors_are_text()
    {
        await using var host = await StartAsync();
        var browser = await host.SignInAsync("ada");
        foreach (var text in HostileTexts.All)
        {
            foreach (var target in new[] { $"/hub/{Uri.EscapeDataString(text)}", $"/hub/error/503?url={Uri.EscapeDataString(text)}", $"/hub/spawn/{Uri.EscapeDataString(text)}", $"/services/dead/{Uri.EscapeDataString(text)}" })
            {
                using var answer = await browser.GetAsync(target);
                HostileTexts.AssertHarmless(await answer.TextAsync());
            }
        }
    }

    private static async Task<string> PageAsync(HubBrowser browser, string target, int status)
    {
        using var answer = await browser.GetAsync(target);
        var page = await answer.TextAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        return page;
    }

    private static string? Link(string page, string id) =>
        Regex.Match(page, $"""<a [^>]*id="{id}" href="([^"]*)" """.TrimEnd()) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
}
