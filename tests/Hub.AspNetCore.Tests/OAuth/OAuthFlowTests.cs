using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Tests.OAuth;

/// <summary>A server signs its visitors in through the hub (contract 6), over HTTP.</summary>
public sealed class OAuthFlowTests(OAuthFlowTests.Shared shared) : IClassFixture<OAuthFlowTests.Shared>
{
    private HubHost Host => shared.Host;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_owner_gets_in_without_being_asked(bool withRedirectUri)
    {
        var browser = Host.Browser();
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(3000));
        using var first = await browser.GetAsync(Authorize(withRedirectUri, $"&state={state}"));
        Assert.StartsWith("/hub/login?next=%2Fhub%2Fapi%2Foauth2%2Fauthorize", first.Location(), StringComparison.Ordinal);
        var query = first.Location()![first.Location()!.IndexOf('?', StringComparison.Ordinal)..];
        using var entered = await browser.SignInAsync("ada", query: query);
        using var back = await browser.GetAsync(entered.Location()!);
        var answer = QueryHelpers.ParseQuery(back.Location()![back.Location()!.IndexOf('?', StringComparison.Ordinal)..]);
        Assert.StartsWith("/user/ada/oauth_callback?", back.Location(), StringComparison.Ordinal);
        Assert.Equal(state, answer["state"]);
        Assert.Matches("^[A-Za-z0-9]{30}$", answer["code"]!);

        using var exchanged = await ExchangeAsync(Host, answer["code"]!, shared.Secret, withRedirectUri);
        Assert.Equal("no-store", exchanged.Header("Cache-Control"));
        Assert.Equal("no-cache", exchanged.Header("Pragma"));
        var token = await exchanged.JsonAsync();
        Assert.Equal(["access_token", "expires_in", "scope", "token_type"], token.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Bearer", (string)token["token_type"]!);
        Assert.Equal(1209600, (int)token["expires_in"]!);
        var accessToken = (string)token["access_token"]!;
        Assert.Matches("^[A-Za-z0-9]{30}$", accessToken);

        var self = await SelfAsync(accessToken);
        Assert.Equal("ada", (string)self["name"]!);
        Assert.Equal(browser.Cookie("jupyterhub-session-id"), (string)self["session_id"]!);
        using var visit = await Host.SendAsync("GET", "/user/ada/x", accessToken);
        Assert.Equal(HttpStatusCode.OK, visit.StatusCode);

        using var reused = await ExchangeAsync(Host, answer["code"]!, shared.Secret, withRedirectUri);
        Assert.Equal("invalid_grant", (string)(await reused.JsonAsync())["error"]!);
        using var left = await browser.GetAsync("/hub/logout");
        using var afterwards = await Host.SendAsync("GET", "/hub/api/user", accessToken);
        Assert.Equal(HttpStatusCode.Forbidden, afterwards.StatusCode);
    }

    [Fact]
    public async Task An_admin_is_asked_before_a_foreign_server_learns_who_came()
    {
        var browser = await Host.SignInAsync("root");
        using var asked = await browser.GetAsync(Authorize(true, "&state=s"));
        var page = await asked.TextAsync();
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var fields = HubBrowser.HiddenFieldsOf(page);
        Assert.Equal(
            ["access:servers!server=ada/", "read:users:groups!user", "read:users:name!user"],
            fields.Where(field => field.Name == "scopes").Select(field => field.Value).Order(StringComparer.Ordinal));
        var action = WebUtility.HtmlDecode(page.Split("<form method=\"post\" action=\"")[1].Split('"')[0]);
        using var refused = await browser.PostFormAsync(action, [.. fields.Where(field => field.Name == "scopes")]);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var allowed = await browser.PostFormAsync(action, [.. fields]);
        Assert.StartsWith("/user/ada/oauth_callback?", allowed.Location(), StringComparison.Ordinal);
        var code = QueryHelpers.ParseQuery(allowed.Location()!.Split('?')[1])["code"].ToString();
        using var exchanged = await ExchangeAsync(Host, code, shared.Secret, true);
        var self = await SelfAsync((string)(await exchanged.JsonAsync())["access_token"]!);
        Assert.Equal("root", (string)self["name"]!);
        Assert.Equal(
            ["access:servers!server=ada/", "read:users:groups!user=root", "read:users:name!user=root"],
            self["scopes"]!.AsArray().Select(scope => (string)scope!));

        // Who consented once is not asked again while that token lives.
        using var again = await browser.GetAsync(Authorize(true, "&state=s"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task Whoever_posts_more_scopes_than_they_hold_gets_none_of_them()
    {
        var browser = await Host.SignInAsync("ada");
        using var answer = await browser.SubmitAsync(Authorize(true, "&state=s"), ("scopes", "admin:users"), ("scopes", "read:users:name!user"));
        Assert.DoesNotContain("code=", answer.Location() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_does_not_get_in()
    {
        var browser = await Host.SignInAsync("stranger");
        using var begin = await browser.GetAsync(Authorize(true, "&state=s"));
        Assert.Equal(HttpStatusCode.Forbidden, begin.StatusCode);
        Assert.Contains("You do not have permission to access", await begin.TextAsync(), StringComparison.Ordinal);
        using var post = await browser.SubmitAsync(Authorize(true, "&state=s"), ("scopes", "access:servers!server=ada/"));
        Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
    }

    [Theory]
    [InlineData("verifier", 200, null)]
    [InlineData("another", 400, "invalid_grant")]
    [InlineData(null, 400, "invalid_request")]
    public async Task The_verifier_must_fit_the_challenge(string? verifier, int status, string? error)
    {
        var secret = verifier == "verifier" ? new string('v', 43) : verifier is null ? null : new string('w', 43);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(new string('v', 43))));
        var browser = await Host.SignInAsync("ada");
        using var begin = await browser.GetAsync(Authorize(true, $"&state=s&code_challenge={challenge}&code_challenge_method=S256"));
        var code = QueryHelpers.ParseQuery(begin.Location()!.Split('?')[1])["code"].ToString();
        using var answer = await ExchangeAsync(Host, code, shared.Secret, true, secret);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(error, (string?)(await answer.JsonAsync())["error"]);
    }

    [Theory]
    [InlineData("client_secret=wrong", 401, "invalid_client")]
    [InlineData("client_id=nobody", 401, "invalid_client")]
    [InlineData("grant_type=password", 400, "unsupported_grant_type")]
    [InlineData("code=wrong", 400, "invalid_grant")]
    [InlineData("redirect_uri=/elsewhere", 400, "invalid_request")]
    [InlineData("redirect_uri=", 400, "invalid_request")]
    public async Task Mistakes_at_the_token_endpoint_do_not_use_up_the_code(string change, int status, string error)
    {
        var browser = await Host.SignInAsync("ada");
        using var begin = await browser.GetAsync(Authorize(true, "&state=s"));
        var code = QueryHelpers.ParseQuery(begin.Location()!.Split('?')[1])["code"].ToString();
        var form = Form(code, shared.Secret, true, null);
        form[change.Split('=')[0]] = change.Split('=')[1];
        using var answer = await PostAsync(Host, form);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(error, (string)(await answer.JsonAsync())["error"]!);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(status == 401, answer.Header("WWW-Authenticate") == "Bearer error=\"invalid_client\"");
        Assert.Empty(SetCookie.Of(answer));
        using var right = await ExchangeAsync(Host, code, shared.Secret, true);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task The_token_endpoint_takes_no_query_and_no_endless_body_and_minds_no_origin()
    {
        using var query = await Host.SendAsync("POST", "/hub/api/oauth2/token?code=x", body: new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, query.StatusCode);
        Assert.Equal("invalid_request", (string)(await query.JsonAsync())["error"]!);
        using var endless = await Host.SendAsync("POST", "/hub/api/oauth2/token", body: new StringContent(new string('x', 2 * 1024 * 1024)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, endless.StatusCode);
        var browser = Host.Browser();
        using var foreign = await browser.SendAsync("POST", "/hub/api/oauth2/token", new FormUrlEncodedContent(Form("x", "y", true, null)), ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
    }

    private static string Authorize(bool withRedirectUri, string more) =>
        "/hub/api/oauth2/authorize?client_id=jupyterhub-user-ada&response_type=code" + (withRedirectUri ? "&redirect_uri=%2Fuser%2Fada%2Foauth_callback" : "") + more;

    internal static Task<HttpResponseMessage> ExchangeAsync(HubHost host, string code, string secret, bool withRedirectUri, string? verifier = null) =>
        PostAsync(host, Form(code, secret, withRedirectUri, verifier), secret);

    private static Dictionary<string, string> Form(string code, string secret, bool withRedirectUri, string? verifier)
    {
        var form = new Dictionary<string, string>
        {
            ["client_id"] = "jupyterhub-user-ada", ["client_secret"] = secret, ["grant_type"] = "authorization_code", ["code"] = code,
        };
        if (withRedirectUri)
        {
            form["redirect_uri"] = "/user/ada/oauth_callback";
        }

        if (verifier is not null)
        {
            form["code_verifier"] = verifier;
        }

        return form;
    }

    // Clients also send their token as a header, which must not break anything.
    private static Task<HttpResponseMessage> PostAsync(HubHost host, Dictionary<string, string> form, string? token = null) =>
        host.SendAsync("POST", "/hub/api/oauth2/token", token, new FormUrlEncodedContent(form));

    private async Task<JsonObject> SelfAsync(string token)
    {
        using var answer = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    public sealed class Shared : IAsyncLifetime
    {
        internal HubHost Host { get; private set; } = null!;

        internal string Secret { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Host = await HubHost.StartAsync();
            var token = await Host.Data.UserTokenAsync("ada");
            await Host.StartServerAsync("ada");
            using var environment = await Host.SendAsync("GET", "/user/ada/env", token);
            Secret = (string)(await environment.JsonAsync())["JUPYTERHUB_API_TOKEN"]!;
        }

        public Task DisposeAsync() => Host.DisposeAsync().AsTask();
    }
}
