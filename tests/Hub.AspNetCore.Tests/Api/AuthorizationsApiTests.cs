using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>The ways in which services before 2.0 asked about tokens and cookies (contract 2.11).</summary>
public sealed class AuthorizationsApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Whoever_shows_a_token_may_know_whose_it_is()
    {
        var asker = await Host.Data.ServiceTokenAsync("asking");
        var shown = await Host.Data.UserTokenAsync("holder", "read:users:name!user");
        using var user = await Host.SendAsync("GET", $"/hub/api/authorizations/token/{shown}", asker);
        Assert.Equal("admin groups kind name user_info", string.Join(' ', (await user.JsonAsync()).Select(member => member.Key).Order(StringComparer.Ordinal)));
        await Host.Get<PendingActivity>().WriteAsync();
        Assert.NotNull((await Host.Data.ListAsync<HubUser>()).Single(row => row.Name == "holder").LastActivity);
        Assert.Contains(await Host.Data.ListAsync<HubToken>(), row => row is { Note: "test", LastActivity: not null } && row.UserId is not null && row.Scopes.Contains("read:users:name!user"));
        using var service = await Host.SendAsync("GET", $"/hub/api/authorizations/token/{asker}", shown);
        Assert.Equal("service", (string)(await service.JsonAsync())["kind"]!);
        using var unknown = await Host.SendAsync("GET", "/hub/api/authorizations/token/nope", asker);
        await unknown.ApiErrorAsync(404);
    }

    [Fact]
    public async Task A_blocked_users_token_is_nobodys()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Authenticator = dummy => dummy.BlockedUsers.Add("mallory"));
        var asker = await host.Data.ServiceTokenAsync("asking");
        using var known = await host.SendAsync("GET", $"/hub/api/authorizations/token/{await host.Data.UserTokenAsync("grace")}", asker);
        Assert.Equal("grace", (string)(await known.JsonAsync())["name"]!);
        using var blocked = await host.SendAsync("GET", $"/hub/api/authorizations/token/{await host.Data.UserTokenAsync("mallory")}", asker);
        await blocked.ApiErrorAsync(404);
    }

    [Fact]
    public async Task Whoever_shows_a_cookie_sees_what_their_scopes_reveal()
    {
        var browser = await Host.SignInAsync("eater");
        var cookie = Uri.EscapeDataString(browser.Cookie("jupyterhub-hub-login")!);
        var asker = await Host.Data.ServiceTokenAsync("cookie-asking", "read:users:groups");
        using var inPath = await Host.SendAsync("GET", $"/hub/api/authorizations/cookie/jupyterhub-hub-login/{cookie}", asker);
        Assert.Equal("""{"kind":"user","name":"eater","groups":[]}""", await inPath.TextAsync());
        using var inBody = await Host.SendAsync("GET", "/hub/api/authorizations/cookie/jupyterhub-hub-login", asker, new StringContent(browser.Cookie("jupyterhub-hub-login")!));
        Assert.Equal("eater", (string)(await inBody.JsonAsync())["name"]!);
        foreach (var wrong in new[] { $"jupyterhub-session-id/{cookie}", "jupyterhub-hub-login/nonsense", "jupyterhub-hub-login", $"_xsrf/{Uri.EscapeDataString(browser.Cookie("_xsrf")!)}" })
        {
            using var answer = await Host.SendAsync("GET", $"/hub/api/authorizations/cookie/{wrong}", asker);
            await answer.ApiErrorAsync(404);
        }

        using var out1 = await browser.GetAsync("/hub/logout");
        using var signedOut = await Host.SendAsync("GET", $"/hub/api/authorizations/cookie/jupyterhub-hub-login/{cookie}", asker);
        await signedOut.ApiErrorAsync(404);
    }

    [Theory]
    [InlineData("GET", "token/nope")]
    [InlineData("GET", "cookie/jupyterhub-hub-login/nope")]
    [InlineData("GET", "cookie/jupyterhub-hub-login")]
    public async Task Only_a_token_in_the_header_may_ask(string method, string path)
    {
        using var nobody = await Host.SendAsync(method, $"/hub/api/authorizations/{path}");
        await nobody.ApiErrorAsync(403);
        var browser = await Host.SignInAsync("cookie-holder");
        using var byCookie = await browser.SendAsync(method, $"/hub/api/authorizations/{path}");
        await byCookie.ApiErrorAsync(403);
    }

    [Theory]
    [InlineData("POST", "token")]
    [InlineData("GET", "token")]
    [InlineData("POST", "token/x")]
    public async Task What_was_removed_is_not_found(string method, string path)
    {
        using var nobody = await Host.SendAsync(method, $"/hub/api/authorizations/{path}");
        await nobody.ApiErrorAsync(404);
        using var known = await Host.SendAsync(method, $"/hub/api/authorizations/{path}", await Host.Data.UserTokenAsync("root"));
        Assert.Contains("/tokens", await known.ApiErrorAsync(404), StringComparison.Ordinal);
    }
}
