using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Signing out everywhere: an addition of ours.</summary>
public sealed class SessionsApiTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private HubHost Host => hub.Host;

    [Fact]
    public async Task It_ends_every_sign_in_and_what_clients_obtained_through_them_at_once()
    {
        var (first, second, other) = (await Host.SignInAsync("everywhere"), await Host.SignInAsync("everywhere"), await Host.SignInAsync("bystander"));
        var user = await Host.Data.UserAsync("everywhere");
        await Host.Data.AddAsync(new OAuthClient { Identifier = "service-some", Secret = "x", RedirectUri = "/x" });
        var ofClient = await TokenAsync(user.Id, "service-some", first);
        var ofOther = await TokenAsync((await Host.Data.UserAsync("bystander")).Id, "service-some", other);
        var api = await Host.Data.UserTokenAsync("everywhere");
        await Host.Data.AddAsync(new OAuthCode { Code = "everywhere-code", ClientId = "service-some", UserId = user.Id, ExpiresAt = int.MaxValue });

        using var answer = await first.SendAsync("DELETE", "/hub/api/users/everywhere/sessions", null, ("X-XSRFToken", first.Cookie("_xsrf")!));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("", await answer.TextAsync());
        Assert.Equal(
            ["_xsrf", "jupyterhub-hub-login", "jupyterhub-services", "jupyterhub-session-id"],
            SetCookie.Of(answer).Where(cookie => cookie.IsCleared).Select(cookie => cookie.Name).Order(StringComparer.Ordinal));
        foreach (var (browser, status) in new[] { (second, 403), (other, 200) })
        {
            using var self = await browser.GetAsync("/hub/api/user");
            Assert.Equal(status, (int)self.StatusCode);
        }

        foreach (var (token, status) in new[] { (ofClient, 403), (ofOther, 200), (api, 200) })
        {
            using var self = await Host.SendAsync("GET", "/hub/api/user", token);
            Assert.Equal(status, (int)self.StatusCode);
        }

        Assert.DoesNotContain(await Host.Data.ListAsync<OAuthCode>(), code => code.Code == "everywhere-code");
        Assert.Equal(user.Id, (await Host.Data.UserAsync("everywhere")).Id);
        _ = await Host.SignInAsync("everywhere");
    }

    [Theory]
    [InlineData("tokens!user=signed", 204)]
    [InlineData("admin:users!user=signed", 204)]
    [InlineData("admin:users", 204)]
    [InlineData("read:users", 404)]
    [InlineData("tokens!user=another", 404)]
    [InlineData("read:tokens", 403)]
    public async Task It_asks_for_the_scopes_of_tokens_or_users(string scope, int status)
    {
        await Host.Data.UserAsync("signed");
        var token = await Host.Data.ServiceTokenAsync($"ender-{Guid.NewGuid():N}", scope);
        using var answer = await Host.SendAsync("DELETE", "/hub/api/users/signed/sessions", token);
        Assert.True(status == (int)answer.StatusCode || (status != 204 && (int)answer.StatusCode is 403 or 404), $"{scope}: {(int)answer.StatusCode} {await answer.TextAsync()}");
    }

    [Fact]
    public async Task Everybody_may_do_it_to_themselves_and_only_admins_to_admins()
    {
        await Host.Data.UserAsync("chief", admin: true);
        foreach (var (name, target, status) in new[] { ("plain", "plain", 204), ("chief", "chief", 204), ("plain", "chief", 404) })
        {
            using var answer = await Host.SendAsync("DELETE", $"/hub/api/users/{target}/sessions", await Host.Data.UserTokenAsync(name));
            Assert.Equal(status, (int)answer.StatusCode);
        }

        var service = await Host.Data.ServiceTokenAsync("ending", "admin:users", "tokens");
        using var refused = await Host.SendAsync("DELETE", "/hub/api/users/chief/sessions", service);
        Assert.Equal("Only admins can modify other admins", await refused.ApiErrorAsync(403));
        using var missing = await Host.SendAsync("DELETE", "/hub/api/users/nobody-there/sessions", service);
        await missing.ApiErrorAsync(404);
    }

    [Fact]
    public async Task Another_site_cannot_ask_for_it()
    {
        var browser = await Host.SignInAsync("lured");
        foreach (var headers in new (string, string)[][] { [], [("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")], [("X-XSRFToken", "wrong")] })
        {
            using var refused = await browser.SendAsync("DELETE", "/hub/api/users/lured/sessions", null, headers);
            await refused.ApiErrorAsync(403);
        }

        using var still = await browser.GetAsync("/hub/api/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_request_that_was_under_way_leaves_no_code_behind()
    {
        var browser = await Host.SignInAsync("hasty");
        var login = (await Host.Get<Core.Authentication.LoginCookie>().AuthenticateAsync(browser.Cookie("jupyterhub-hub-login"), default))!;
        using var answer = await Host.SendAsync("DELETE", "/hub/api/users/hasty/sessions", await Host.Data.UserTokenAsync("hasty"));
        await Host.Data.AddAsync(new OAuthClient { Identifier = "service-late", Secret = "x", RedirectUri = "/x" });
        var client = new RegisteredClient((await Host.Data.ListAsync<OAuthClient>()).Single(row => row.Identifier == "service-late"), null!);

        var request = new AuthorizationRequest(client, "/x", OAuthParameters.ReadForm(""));
        Assert.Null(await Host.Get<AuthorizationCodes>().IssueAsync(request, login, "session", [], default));
    }

    private Task<string> TokenAsync(int userId, string client, HubBrowser browser) =>
        Host.Data.TokenAsync(new NewToken { UserId = userId, ClientId = client, Scopes = ["read:users:name!user"], SessionId = browser.Cookie("jupyterhub-session-id") });
}
