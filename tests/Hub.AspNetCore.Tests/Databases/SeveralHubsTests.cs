using JupyterHub.Core.Configuration;
using JupyterHub.Core.OAuth;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>Two hubs on one database believe each other's cookies, and what one signs out is out at the other.</summary>
public sealed class SeveralHubsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_at_one_holds_at_both_until_it_is_signed_out(bool shareFolder)
    {
        await using var one = await StartAsync("one", shareFolder);
        await using var two = await StartAsync("two", shareFolder);
        var browser = await one.SignInAsync("ada");
        var kept = await two.SignInAsync("ada");
        Assert.Equal((200, 200, 200, 200), (await SelfAsync(one, browser), await SelfAsync(two, browser), await SelfAsync(one, kept), await SelfAsync(two, kept)));

        // Forms of one are taken by the other.
        using var posted = await At(two, browser).SubmitAsync("/hub/accept-share", ("code", "none"));
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);

        using var left = await At(two, browser).GetAsync("/hub/logout");
        Assert.Equal(403, await SelfAsync(two, browser));
        await Eventually.TrueAsync("the other hub knows", async () => await SelfAsync(one, browser) == 403);
        Assert.Equal((200, 200), (await SelfAsync(one, kept), await SelfAsync(two, kept)));
    }

    [Fact]
    public async Task Sign_ins_of_one_user_within_a_second_are_signed_out_one_by_one_whichever_hub_made_them()
    {
        await using var one = await StartAsync("one", shareFolder: true);
        await using var two = await StartAsync("two", shareFolder: true);
        await one.Data.UserAsync("ada");
        var browsers = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => (index % 2 == 0 ? one : two).SignInAsync("ada")));
        Assert.Equal(8, browsers.Select(browser => browser.Cookie("jupyterhub-hub-login")).Distinct().Count());
        for (var index = 0; index < browsers.Length - 1; index++)
        {
            using var left = await browsers[index].GetAsync("/hub/logout");
        }

        Assert.Equal(200, await SelfAsync(browsers[^1].Host, browsers[^1]));
        Assert.Equal(7, (await one.Data.ListAsync<Core.Authentication.RevokedLogin>()).Count);
    }

    [Fact]
    public async Task Signing_out_everywhere_at_one_holds_at_both()
    {
        await using var one = await StartAsync("one", shareFolder: true);
        await using var two = await StartAsync("two", shareFolder: true);
        var browser = await two.SignInAsync("ada");
        using var answer = await one.SendAsync("DELETE", "/hub/api/users/ada/sessions", await one.Data.UserTokenAsync("ada"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(403, await SelfAsync(one, browser));
        await Eventually.TrueAsync("the other hub knows", async () => await SelfAsync(two, browser) == 403);
    }

    [Fact]
    public async Task Of_many_exchanges_of_a_code_at_both_one_gets_a_token()
    {
        await using var one = await StartAsync("one", shareFolder: true);
        await using var two = await StartAsync("two", shareFolder: true);
        await one.Data.AddAsync(new OAuthClient
        {
            Identifier = "service-raced", Secret = Core.Tokens.TokenHash.Create("raced-secret-0123456789abcdef", 16), RedirectUri = "/x", AllowedScopes = ["read:users:name!user"],
        });
        var user = await one.Data.UserAsync("ada");
        await one.Data.AddAsync(new OAuthCode { Code = "c0de", ClientId = "service-raced", UserId = user.Id, ExpiresAt = int.MaxValue, RedirectUri = "/x", Scopes = ["read:users:name!user"] });
        var form = "grant_type=authorization_code&client_id=service-raced&client_secret=raced-secret-0123456789abcdef&code=c0de";
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(index =>
            Task.Run(() => (index % 2 == 0 ? one : two).Get<TokenExchangeOperation>().ExecuteAsync("", form, default))));
        Assert.Single(results.OfType<TokenExchangeResult.Success>());
    }

    private Task<HubHost> StartAsync(string name, bool shareFolder) => HubHost.StartAsync(setup => setup.Hub = hub =>
    {
        hub.DataDirectory = folder.Combine(shareFolder ? "shared" : name);
        hub.Database.ConnectionString = $"Data Source={folder.Combine("shared.sqlite")}";
        if (!shareFolder)
        {
            hub.CookieSecret = new HubSecret(new string('d', 64));
        }
    });

    private static async Task<int> SelfAsync(HubHost host, HubBrowser browser)
    {
        using var answer = await At(host, browser).GetAsync("/hub/api/user");
        return (int)answer.StatusCode;
    }

    /// <summary>A browser with the same cookies at another hub.</summary>
    private static HubBrowser At(HubHost host, HubBrowser browser)
    {
        var other = host.Browser();
        foreach (var (name, path) in new[] { ("jupyterhub-hub-login", "/hub/"), ("_xsrf", "/hub/"), ("jupyterhub-session-id", "/") })
        {
            other.SetCookie(name, browser.Cookie(name)!, path);
        }

        return other;
    }
}
