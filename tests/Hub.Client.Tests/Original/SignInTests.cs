using System.Net;
using System.Web;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Original;

/// <summary>Browsers sign in at services through JupyterHub 3.0.0 and its own proxy.</summary>
[Collection(OriginalServicesCollection.Name)]
public sealed class SignInTests(OriginalServices services)
{
    [Theory]
    [InlineData("ada")]
    [InlineData("ben")]
    public async Task Who_may_enter_signs_in_and_comes_back_to_the_page(string user)
    {
        using var visitor = await services.SignInAsync(user);

        var page = await visitor.Browser.OpenAsync("/services/whoami/?from=here");

        page.MustBe(HttpStatusCode.OK);
        Assert.Equal("/services/whoami/?from=here", page.Address.PathAndQuery);
        Assert.Contains($"You are {user}", page.Body, StringComparison.Ordinal);
        Assert.Contains(visitor.Browser.Hops, hop => hop.Contains("code_challenge_method=S256", StringComparison.Ordinal));
        var me = (await visitor.Browser.CallAsync(HttpMethod.Get, "/services/whoami/api/me")).Json;
        Assert.Equal(user, me["name"]!.GetValue<string>());
        Assert.Equal("user", me["kind"]!.GetValue<string>());
        Assert.Equal(user == "ben", me["groups"]!.AsArray().Any(group => group!.GetValue<string>() == "staff"));
    }

    [Fact]
    public async Task A_person_who_is_not_signed_in_at_the_hub_signs_in_there_first()
    {
        using var visitor = new HubVisitor(services.Hub, "ada");
        var login = await visitor.Browser.OpenAsync("/services/probe/me?x=1");
        Assert.Equal("/hub/login", login.Address.AbsolutePath);

        await visitor.Browser.SubmitOnceAsync(login.Address.PathAndQuery, ("username", "ada"), ("password", services.Hub.UserPassword));

        var page = await visitor.Browser.OpenAsync(HttpUtility.ParseQueryString(login.Address.Query)["next"]!);
        page.MustBe(HttpStatusCode.OK);
        Assert.Equal("/services/probe/me?x=1", page.Address.PathAndQuery);
    }

    [Fact]
    public async Task Who_may_not_enter_is_refused()
    {
        using var eve = await services.SignInAsync("eve");

        var page = await eve.Browser.OpenAsync("/services/whoami/");

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.DoesNotContain(eve.Browser.Cookies.All, cookie => cookie.Name == "service-whoami");
    }

    [Fact]
    public async Task The_token_is_in_a_cookie_that_only_the_service_gets_and_reads()
    {
        using var ada = await EnterAsync("ada");

        var cookie = Assert.Single(ada.Browser.Cookies.All, cookie => cookie.Name == "service-probe");

        Assert.True(cookie.HttpOnly);
        Assert.Equal("/services/probe/", cookie.Path);
        Assert.Equal("lax", cookie.SameSite, ignoreCase: true);
        Assert.Null(cookie.Expires);
        Assert.DoesNotContain(ada.Browser.Cookies.All, other => other.Name.Contains("oauth-state", StringComparison.Ordinal));
        using var thief = new Browser(services.Hub.Address);
        Assert.Equal(HttpStatusCode.Forbidden, (await thief.CallWithTokenAsync(HttpMethod.Get, "/hub/api/user", cookie.Value)).Status);
    }

    [Fact]
    public async Task Sign_ins_in_two_tabs_both_come_to_their_end()
    {
        using var ada = await services.SignInAsync("ada");
        var first = await BeginAsync(ada, "/services/probe/me?tab=1");
        var second = await BeginAsync(ada, "/services/probe/me?tab=2");

        var last = await ada.Browser.OpenAsync(second.PathAndQuery);
        var before = await ada.Browser.OpenAsync(first.PathAndQuery);

        Assert.Equal("/services/probe/me?tab=2", last.Address.PathAndQuery);
        Assert.Equal("/services/probe/me?tab=1", before.Address.PathAndQuery);
    }

    [Fact]
    public async Task A_sign_in_works_once_and_only_in_the_browser_that_began_it()
    {
        using var ada = await services.SignInAsync("ada");
        var callback = await BeginAsync(ada, "/services/probe/me");
        using var other = new Browser(services.Hub.Address);
        (await other.OpenOnceAsync(callback.PathAndQuery)).MustBe(HttpStatusCode.Forbidden);
        using var copy = new Browser(services.Hub.Address, new CookieJar(ada.Browser.Cookies));

        (await ada.Browser.OpenOnceAsync(callback.PathAndQuery)).MustBe(HttpStatusCode.Found);

        (await ada.Browser.OpenOnceAsync(callback.PathAndQuery)).MustBe(HttpStatusCode.Forbidden);
        (await copy.OpenOnceAsync(callback.PathAndQuery)).MustBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_state_of_somebody_else_or_of_nobody_is_refused()
    {
        using var ada = await services.SignInAsync("ada");
        var callback = await BeginAsync(ada, "/services/probe/me");
        var code = HttpUtility.ParseQueryString(callback.Query)["code"];
        foreach (var query in new[] { $"?code={code}", $"?code={code}&state=", $"?code={code}&state=guess", $"?code={code}&state=a&state=b" })
        {
            (await ada.Browser.OpenOnceAsync("/services/probe/oauth_callback" + query)).MustBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task What_the_hub_says_of_a_failure_is_shown_and_not_executed()
    {
        using var ada = await services.SignInAsync("ada");
        var begin = await ada.Browser.OpenOnceAsync("/services/probe/me");
        var state = HttpUtility.ParseQueryString(begin.Location!.Query)["state"];

        var page = await ada.Browser.OpenOnceAsync($"/services/probe/oauth_callback?state={state}&error=x&error_description=%3Cb%3Eno%3C/b%3E");

        page.MustBe(HttpStatusCode.BadRequest);
        Assert.Contains("&lt;b&gt;no&lt;/b&gt;", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_made_up_code_is_refused()
    {
        using var ada = await services.SignInAsync("ada");
        var begin = await ada.Browser.OpenOnceAsync("/services/probe/me");
        var state = HttpUtility.ParseQueryString(begin.Location!.Query)["state"];

        (await ada.Browser.OpenOnceAsync($"/services/probe/oauth_callback?state={state}&code=made-up")).MustBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("CfDJ8forged")]
    [InlineData("%00")]
    [InlineData("2|1:0|10:1|5:abc")]
    public async Task A_cookie_that_is_not_genuine_is_no_sign_in(string value)
    {
        using var forger = new Browser(services.Hub.Address);
        forger.Cookies.Store($"service-probe={value}; Path=/services/probe/", "/services/probe/");

        var page = await forger.OpenOnceAsync("/services/probe/me");

        page.MustBe(HttpStatusCode.Found);
        Assert.Equal("/hub/api/oauth2/authorize", page.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_cookie_of_another_service_is_no_sign_in()
    {
        using var ada = await EnterAsync("ada");
        var genuine = ada.Browser.Cookies.Find("/services/probe/", "service-probe")!.Value;
        using var other = new Browser(services.Hub.Address);
        other.Cookies.Store($"service-whoami={genuine}; Path=/services/whoami/", "/services/whoami/");

        (await other.OpenOnceAsync("/services/whoami/")).MustBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("/services/probe//evil.example/x")]
    [InlineData("/services/probe/%2F%2Fevil.example")]
    [InlineData("/services/probe/\\evil.example")]
    [InlineData("/services/probe/me?next=//evil.example")]
    public async Task Signing_in_never_leads_away(string path)
    {
        using var ada = await services.SignInAsync("ada");

        // Following refuses to leave the hub's own address.
        var page = await ada.Browser.OpenAsync(path);

        Assert.StartsWith("/services/probe/", page.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_at_the_hub_ends_the_visit()
    {
        using var ada = await EnterAsync("ada");

        await ada.SignOutAsync();
        var page = await ada.Browser.OpenAsync("/services/probe/me");

        Assert.Equal("/hub/login", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_at_the_service_forgets_the_visitor_there()
    {
        using var ada = await EnterAsync("ada");

        (await ada.Browser.OpenOnceAsync("/services/probe/leave")).MustBe(HttpStatusCode.OK);

        Assert.DoesNotContain(ada.Browser.Cookies.All, cookie => cookie.Path == "/services/probe/");
        (await ada.Browser.OpenOnceAsync("/services/probe/me")).MustBe(HttpStatusCode.Found);
        (await ada.Browser.OpenAsync("/services/probe/me")).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Access_that_is_taken_away_ends_the_visit_within_the_caches_time()
    {
        using var ben = await EnterAsync("ben");
        try
        {
            await services.Caller.Groups.RemoveUsersAsync("staff", ["ben"]);

            await Eventually.TrueAsync("ben is refused", async () => (await ben.Browser.CallAsync(HttpMethod.Get, "/services/probe/me")).Status == HttpStatusCode.Forbidden);
        }
        finally
        {
            await services.Caller.Groups.AddUsersAsync("staff", ["ben"]);
        }
    }

    [Fact]
    public async Task No_secret_comes_into_the_log()
    {
        using var ada = await EnterAsync("ada");
        var token = (await services.Caller.Tokens.CreateAsync("ada", new() { Note = "log" })).Token;
        await ada.Browser.CallWithTokenAsync(HttpMethod.Get, "/services/probe/me", token);
        await ada.Browser.CallWithTokenAsync(HttpMethod.Get, "/services/probe/me", "a-token-that-nobody-knows");

        var lines = services.Probe.Log.Lines.Where(line => line.Contains("JupyterHub", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Contains(token, StringComparison.Ordinal) || line.Contains(HubApp.ApiToken, StringComparison.Ordinal)
            || line.Contains("a-token-that-nobody-knows", StringComparison.Ordinal) || line.Contains("code=", StringComparison.Ordinal));
    }

    private async Task<HubVisitor> EnterAsync(string user)
    {
        var visitor = await services.SignInAsync(user);
        (await visitor.Browser.OpenAsync("/services/probe/me")).MustBe(HttpStatusCode.OK);
        return visitor;
    }

    /// <summary>Goes to the hub and stops in front of the way back.</summary>
    private static async Task<Uri> BeginAsync(HubVisitor visitor, string path)
    {
        var begin = await visitor.Browser.OpenOnceAsync(path);
        begin.MustBe(HttpStatusCode.Found);
        var authorized = await visitor.Browser.OpenOnceAsync(begin.Location!.PathAndQuery);
        authorized.MustBe(HttpStatusCode.Found);
        return authorized.Location!;
    }
}
