using System.Text.Json.Nodes;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>GHSA-cw7p-q79f-m2v7: several tabs, one of which signs out while the others are busy.</summary>
public sealed class ConcurrentSignOutTests : IAsyncLifetime
{
    private const string Secret = "tabs-secret-0123456789abcdef";
    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        await host.Data.AddAsync(new OAuthClient
        {
            Identifier = "service-tabs", Secret = TokenHash.Create(Secret, 16), RedirectUri = "/services/tabs/cb", AllowedScopes = ["access:services!service=tabs"],
        });
        await host.Data.AddAsync(new Core.Services.HubService { Name = "tabs", OAuthClientId = "service-tabs", OAuthNoConfirm = true });
        await host.Data.AddAsync(new Core.Roles.HubRole { Name = "tabs", Scopes = ["access:services!service=tabs"] });
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task GHSA_cw7p_q79f_m2v7_no_tab_keeps_a_cookie_a_code_or_a_token()
    {
        for (var round = 0; round < 6; round++)
        {
            var name = $"tabs{round}";
            await host.Data.GrantAsync(name, "access:services!service=tabs");
            var browser = await host.SignInAsync(name);
            var ready = await CodeAsync(browser);
            var tabs = new List<Task<IEnumerable<SetCookie>>>();
            for (var tab = 0; tab < 16; tab++)
            {
                var copy = browser.Copy();
                var isVisit = tab % 2 == 0;
                tabs.Add(Task.Run(async () => isVisit ? await VisitAsync(copy) : await AuthorizeAsync(copy, ready)));
            }

            var signingOut = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                using var answer = await browser.Copy().GetAsync("/hub/logout");
                Assert.Equal("/hub/login", answer.Location());
            }));
            await Task.WhenAll(signingOut);
            var issued = (await Task.WhenAll(tabs)).SelectMany(cookies => cookies).ToList();

            Assert.DoesNotContain(issued, cookie => cookie.Name == "jupyterhub-hub-login" && !cookie.IsCleared);
            using var refused = await browser.GetAsync("/hub/api/user");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var userId = (await host.Data.UserAsync(name)).Id;
            Assert.DoesNotContain(await host.Data.ListAsync<HubToken>(), token => token.UserId == userId);
            Assert.DoesNotContain(await host.Data.ListAsync<OAuthCode>(), code => code.UserId == userId);
        }
    }

    private static async Task<IEnumerable<SetCookie>> VisitAsync(HubBrowser tab)
    {
        var cookies = new List<SetCookie>();
        foreach (var target in new[] { "/hub/home", "/hub/login?next=/hub/home", "/hub/api/user", "/hub/home" })
        {
            using var answer = await tab.GetAsync(target);
            cookies.AddRange(SetCookie.Of(answer));
        }

        return cookies;
    }

    private async Task<IEnumerable<SetCookie>> AuthorizeAsync(HubBrowser tab, string ready)
    {
        var token = await ExchangeAsync(ready);
        var fresh = await CodeAsync(tab);
        if (fresh.Length > 0)
        {
            token ??= await ExchangeAsync(fresh);
        }

        // It may be good now; it is not after the sign-out, which the caller looks at.
        Assert.True(token is null || token.Length == 30);
        return [];
    }

    private static async Task<string> CodeAsync(HubBrowser browser)
    {
        using var answer = await browser.GetAsync("/hub/api/oauth2/authorize?client_id=service-tabs&response_type=code&state=s");
        var location = answer.Location() ?? "";
        return location.StartsWith("/services/tabs/cb?code=", StringComparison.Ordinal) ? location.Split("code=")[1].Split('&')[0] : "";
    }

    private async Task<string?> ExchangeAsync(string code)
    {
        using var answer = await host.SendAsync("POST", "/hub/api/oauth2/token", body: new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = "service-tabs", ["client_secret"] = Secret, ["grant_type"] = "authorization_code", ["code"] = code,
        }));
        return (string?)((JsonNode)await answer.JsonAsync())["access_token"];
    }
}
