using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.OAuth;

/// <summary>What somebody may try with a code, a token or a cookie that is not theirs. Each is refused, and afterwards its owner can still use it.</summary>
public sealed class OAuthAttackTests(OAuthAttackTests.Shared shared) : IClassFixture<OAuthAttackTests.Shared>
{
    private const string Right = "right-secret-0123456789abcdef";
    private const string Other = "other-secret-0123456789abcdef";
    private static readonly string Verifier = new('v', 43);
    private static readonly string Challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private HubHost Host => shared.Host;

    /// <summary>Attack; what the code was asked for with; what is sent instead of the right form; status; error.</summary>
    public static TheoryData<string, string, string, int, string> Exchanges => new()
    {
        { "stolen code, by another client", "", $"client_id=service-other&client_secret={Other}&redirect_uri=/services/other/cb", 400, "invalid_grant" },
        { "stolen code, by another client with the redirect of the right one", "", $"client_id=service-other&client_secret={Other}", 400, "invalid_grant" },
        { "stolen code, without a secret", "", "client_secret=", 401, "invalid_client" },
        { "stolen code, with the secret of another client", "", $"client_secret={Other}", 401, "invalid_client" },
        { "swapped client, right secret", "", "client_id=service-other", 401, "invalid_client" },
        { "the hub's own client, which has no secret", "", "client_id=jupyterhub&client_secret=", 401, "invalid_client" },
        { "swapped redirect", "", "redirect_uri=https://evil.example/cb", 400, "invalid_request" },
        { "swapped redirect, of another client", "", "redirect_uri=/services/other/cb", 400, "invalid_request" },
        { "swapped redirect, longer", "", "redirect_uri=/services/right/cb/x", 400, "invalid_request" },
        { "downgraded PKCE, no verifier", "S256", "code_verifier=-", 400, "invalid_request" },
        { "downgraded PKCE, wrong verifier", "S256", $"code_verifier={new string('w', 43)}", 400, "invalid_grant" },
        { "downgraded PKCE, the challenge as verifier", "S256", $"code_verifier={Challenge}", 400, "invalid_grant" },
        { "downgraded PKCE, other method claimed", "S256", $"code_verifier={Challenge}&code_challenge_method=plain", 400, "invalid_grant" },
        { "downgraded PKCE, plain, no verifier", "plain", "code_verifier=-", 400, "invalid_request" },
        { "downgraded PKCE, plain, empty verifier", "plain", "code_verifier=", 400, "invalid_grant" },
        { "another grant", "", "grant_type=client_credentials", 400, "unsupported_grant_type" },
        { "guessed code", "", "code=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 400, "invalid_grant" },
        { "code in other letters", "", "code=^", 400, "invalid_grant" },
    };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task It_is_refused_and_uses_nothing_up(string attack, string method, string change, int status, string error)
    {
        var code = await CodeAsync(await Host.SignInAsync("ada"), method);
        var right = Form(code, method);
        var wrong = new Dictionary<string, string>(right);
        foreach (var (key, value) in change.Split('&').Select(pair => (pair.Split('=')[0], pair.Split('=')[1])))
        {
            wrong[key] = value == "^" ? new string([.. code.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter))]) : value;
            if (value == "-")
            {
                wrong.Remove(key);
            }
        }

        using var refused = await ExchangeAsync(wrong);
        Assert.True(status == (int)refused.StatusCode, $"{attack}: {(int)refused.StatusCode}");
        Assert.Equal(error, (string)(await refused.JsonAsync())["error"]!);
        await MustExchangeAsync(right);
    }

    [Fact]
    public async Task A_replayed_code_gives_nothing_and_takes_nothing()
    {
        var code = await CodeAsync(await Host.SignInAsync("ada"), "S256");
        var token = await MustExchangeAsync(Form(code, "S256"));
        using var replayed = await ExchangeAsync(Form(code, "S256"));
        Assert.Equal("invalid_grant", (string)(await replayed.JsonAsync())["error"]!);
        Assert.Equal(200, await SelfAsync(token));
    }

    [Fact]
    public async Task An_expired_code_gives_nothing_and_another_one_of_the_same_session_still_does()
    {
        var browser = await Host.SignInAsync("ada");
        var (late, intime) = (await CodeAsync(browser), await CodeAsync(browser));
        await Host.Database.WriteAsync(
            (db, cancel) => db.OAuthCodes.Where(row => row.Code == late).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1), cancel), default);
        using var expired = await ExchangeAsync(Form(late));
        Assert.Equal("invalid_grant", (string)(await expired.JsonAsync())["error"]!);
        await MustExchangeAsync(Form(intime));
    }

    [Fact]
    public async Task An_expired_token_opens_nothing_and_is_no_consent()
    {
        var browser = await Host.SignInAsync("ada");
        var (late, intime) = (await MustExchangeAsync(Form(await CodeAsync(browser))), await MustExchangeAsync(Form(await CodeAsync(browser))));
        await Host.Database.WriteAsync(
            (db, cancel) => db.Tokens.Where(row => row.Prefix == late.Substring(0, 4)).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, DateTime.UtcNow.AddSeconds(-1)), cancel), default);
        Assert.Equal((403, 200), (await SelfAsync(late), await SelfAsync(intime)));
        using var introspected = await Host.SendAsync("POST", "/hub/api/oauth2/introspect", body: new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = "service-right", ["client_secret"] = Right, ["token"] = late,
        }));
        Assert.False((bool)(await introspected.JsonAsync())["active"]!);
    }

    [Theory]
    [InlineData("https://evil.example/cb")]
    [InlineData("/services/other/cb")]
    [InlineData("/services/right/cb?x=1")]
    [InlineData("//evil.example/services/right/cb")]
    public async Task A_swapped_redirect_sends_nobody_anywhere(string redirect)
    {
        var browser = await Host.SignInAsync("ada");
        using var answer = await browser.GetAsync($"/hub/api/oauth2/authorize?client_id=service-right&response_type=code&redirect_uri={Uri.EscapeDataString(redirect)}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Location());
    }

    [Fact]
    public async Task A_forged_or_foreign_cookie_obtains_no_code()
    {
        var browser = await Host.SignInAsync("ada");
        var login = browser.Cookie("jupyterhub-hub-login")!;
        var before = (await Host.Data.ListAsync<OAuthCode>()).Count;
        foreach (var forged in new[]
        {
            login[..^1] + (login[^1] == '0' ? '1' : '0'), login.Replace("|10:1", "|10:9", StringComparison.Ordinal), login.Replace("2|", "1|", StringComparison.Ordinal), login + "0",
            $"2|1:0|10:{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}|20:jupyterhub-hub-login|44:{login.Split('|')[4].Split(':')[1]}|{new string('0', 64)}", browser.Cookie("_xsrf")!, "",
        })
        {
            var thief = Host.Browser();
            thief.SetCookie("jupyterhub-hub-login", forged, "/hub/");
            thief.SetCookie("jupyterhub-session-id", browser.Cookie("jupyterhub-session-id")!, "/");
            using var answer = await thief.GetAsync("/hub/api/oauth2/authorize?client_id=service-right&response_type=code&state=s");
            Assert.StartsWith("/hub/login?next=", answer.Location(), StringComparison.Ordinal);
        }

        Assert.Equal(before, (await Host.Data.ListAsync<OAuthCode>()).Count);
        Assert.NotEmpty(await CodeAsync(browser));
    }

    [Fact]
    public async Task Where_pkce_is_required_a_request_without_challenge_gets_no_code()
    {
        await using var strict = new Shared(requirePkce: true);
        await strict.InitializeAsync();
        var browser = await strict.Host.SignInAsync("ada");
        using var answer = await browser.GetAsync("/hub/api/oauth2/authorize?client_id=service-right&response_type=code&state=s");
        Assert.Equal("/services/right/cb?error=invalid_request&error_description=Code+challenge+required.&state=s", answer.Location());
        Assert.Empty(await strict.Host.Data.ListAsync<OAuthCode>());
    }

    private static Dictionary<string, string> Form(string code, string method = "")
    {
        var form = new Dictionary<string, string>
        {
            ["client_id"] = "service-right", ["client_secret"] = Right, ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = "/services/right/cb",
        };
        if (method.Length > 0)
        {
            form["code_verifier"] = Verifier;
        }

        return form;
    }

    private static async Task<string> CodeAsync(HubBrowser browser, string method = "")
    {
        var pkce = method.Length == 0 ? "" : $"&code_challenge={(method == "S256" ? Challenge : Verifier)}&code_challenge_method={method}";
        using var answer = await browser.GetAsync($"/hub/api/oauth2/authorize?client_id=service-right&response_type=code&state=s{pkce}");
        Assert.StartsWith("/services/right/cb?", answer.Location(), StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(answer.Location()!.Split('?')[1])["code"].ToString();
    }

    private async Task<string> MustExchangeAsync(Dictionary<string, string> form)
    {
        using var answer = await ExchangeAsync(form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)(await answer.JsonAsync())["access_token"]!;
    }

    private Task<HttpResponseMessage> ExchangeAsync(Dictionary<string, string> form) =>
        Host.SendAsync("POST", "/hub/api/oauth2/token", body: new FormUrlEncodedContent(form));

    private async Task<int> SelfAsync(string token)
    {
        using var answer = await Host.SendAsync("GET", "/hub/api/user", token);
        return (int)answer.StatusCode;
    }

    public sealed class Shared : IAsyncLifetime, IAsyncDisposable
    {
        private readonly bool requirePkce;

        public Shared()
        {
        }

        internal Shared(bool requirePkce) => this.requirePkce = requirePkce;

        internal HubHost Host { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.OauthRequirePkce = requirePkce);
            await Host.Data.GrantAsync("ada", "access:services");
            foreach (var (name, secret) in new[] { ("right", Right), ("other", Other) })
            {
                await Host.Data.AddAsync(new OAuthClient { Identifier = $"service-{name}", Secret = TokenHash.Create(secret, 16), RedirectUri = $"/services/{name}/cb" });
                await Host.Data.AddAsync(new HubService { Name = name, OAuthClientId = $"service-{name}", OAuthNoConfirm = true });
            }
        }

        public Task DisposeAsync() => Host.DisposeAsync().AsTask();

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
