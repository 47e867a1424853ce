using System.Text.Json.Nodes;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Tests.OAuth;

/// <summary>Revocation (RFC 7009), introspection (RFC 7662) and metadata (RFC 8414), which the original does not have.</summary>
public sealed class OAuthClientEndpointsTests(OAuthFlowTests.Shared shared) : IClassFixture<OAuthFlowTests.Shared>
{
    private HubHost Host => shared.Host;

    [Fact]
    public async Task A_client_revokes_its_own_token_and_may_ask_again()
    {
        var token = await AccessTokenAsync("ada");
        for (var time = 0; time < 2; time++)
        {
            using var revoked = await PostAsync("revoke", token);
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
            Assert.Equal("no-store", revoked.Header("Cache-Control"));
        }

        using var self = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.Forbidden, self.StatusCode);
    }

    [Fact]
    public async Task A_client_revokes_nobody_elses_token()
    {
        var token = await Host.Data.UserTokenAsync("ada");
        using var refused = await PostAsync("revoke", token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("unauthorized_client", (string)(await refused.JsonAsync())["error"]!);
        using var self = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, self.StatusCode);
    }

    [Fact]
    public async Task A_client_learns_what_its_token_gives()
    {
        var token = await AccessTokenAsync("ada");
        using var answer = await PostAsync("introspect", token);
        var known = await answer.JsonAsync();
        Assert.True((bool)known["active"]!);
        Assert.Equal("ada", (string)known["username"]!);
        Assert.Equal("jupyterhub-user-ada", (string)known["client_id"]!);
        Assert.Contains("access:servers!server=ada/", ((string)known["scope"]!).Split(' '));
        Assert.Equal(1209600, (long)known["exp"]! - (long)known["iat"]!);
        Assert.Equal($"{Host.Url.GetLeftPart(UriPartial.Authority)}/hub", (string)known["iss"]!);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("unknown")]
    [InlineData("expired")]
    public async Task What_is_not_the_clients_is_not_active_and_nothing_more_is_said(string kind)
    {
        var token = kind switch
        {
            "api" => await Host.Data.UserTokenAsync("ada"),
            "expired" => await Host.Data.TokenAsync(new NewToken
            {
                UserId = (await Host.Data.UserAsync("ada")).Id, ClientId = "jupyterhub-user-ada", Scopes = ["inherit"], ExpiresIn = TimeSpan.FromMilliseconds(1),
            }),
            _ => "0123456789abcdef",
        };
        using var answer = await PostAsync("introspect", token);
        Assert.Equal("""{"active":false}""", await answer.TextAsync());
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("introspect")]
    public async Task Who_does_not_prove_itself_learns_and_changes_nothing(string what)
    {
        var token = await AccessTokenAsync("ada");
        using var wrong = await PostAsync(what, token, secret: "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("invalid_client", (string)(await wrong.JsonAsync())["error"]!);
        using var none = await PostAsync(what, null);
        Assert.Equal("invalid_request", (string)(await none.JsonAsync())["error"]!);
        using var self = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, self.StatusCode);
    }

    [Fact]
    public async Task A_blocked_users_token_is_not_active()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Authenticator = dummy => dummy.BlockedUsers.Add("mallory"));
        var secret = await StartClientAsync(host);
        foreach (var (name, isActive) in new[] { ("grace", true), ("mallory", false) })
        {
            var user = await host.Data.UserAsync(name);
            var token = await host.Data.TokenAsync(new NewToken { UserId = user.Id, ClientId = "jupyterhub-user-ada", Scopes = ["inherit"] });
            using var answer = await PostAsync(host, "introspect", token, secret);
            Assert.Equal(isActive, (bool)(await answer.JsonAsync())["active"]!);
        }
    }

    [Fact]
    public async Task A_secret_is_computed_once_however_often_it_is_guessed_at()
    {
        await using var host = await HubHost.StartAsync();
        var secret = await StartClientAsync(host);
        foreach (var shown in new[] { secret, "guess 1", secret, "guess 2", "guess 3" })
        {
            using var answer = await PostAsync(host, "introspect", "0123456789abcdef", shown);
            Assert.Equal(shown == secret ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(1, host.Get<ClientAuthentication>().SlowComputations);
    }

    [Fact]
    public async Task The_metadata_names_addresses_that_answer()
    {
        using var answer = await Host.SendAsync("GET", "/hub/.well-known/oauth-authorization-server");
        var metadata = await answer.JsonAsync();
        var origin = Host.Url.GetLeftPart(UriPartial.Authority);
        Assert.Equal($"{origin}/hub", (string)metadata["issuer"]!);
        Assert.Equal(["S256", "plain"], metadata["code_challenge_methods_supported"]!.AsArray().Select(method => (string)method!));
        foreach (var name in new[] { "token_endpoint", "revocation_endpoint", "introspection_endpoint" })
        {
            using var endpoint = await Host.SendAsync("POST", ((string)metadata[name]!)[origin.Length..], body: new FormUrlEncodedContent([]));
            Assert.Contains((int)endpoint.StatusCode, new[] { 400, 401 });
        }

        using var begin = await Host.SendAsync("GET", ((string)metadata["authorization_endpoint"]!)[origin.Length..]);
        Assert.Equal(HttpStatusCode.Redirect, begin.StatusCode);
    }

    private async Task<string> AccessTokenAsync(string userName)
    {
        var browser = await Host.SignInAsync(userName);
        using var begin = await browser.GetAsync("/hub/api/oauth2/authorize?client_id=jupyterhub-user-ada&response_type=code&state=s");
        var code = QueryHelpers.ParseQuery(begin.Location()!.Split('?')[1])["code"].ToString();
        using var exchanged = await OAuthFlowTests.ExchangeAsync(Host, code, shared.Secret, withRedirectUri: false);
        return (string)(await exchanged.JsonAsync())["access_token"]!;
    }

    private static async Task<string> StartClientAsync(HubHost host)
    {
        var token = await host.Data.UserTokenAsync("ada");
        await host.StartServerAsync("ada");
        using var environment = await host.SendAsync("GET", "/user/ada/env", token);
        return (string)(await environment.JsonAsync())["JUPYTERHUB_API_TOKEN"]!;
    }

    private Task<HttpResponseMessage> PostAsync(string what, string? token, string? secret = null) => PostAsync(Host, what, token, secret ?? shared.Secret);

    private static Task<HttpResponseMessage> PostAsync(HubHost host, string what, string? token, string secret)
    {
        var form = new Dictionary<string, string> { ["client_id"] = "jupyterhub-user-ada", ["client_secret"] = secret };
        if (token is not null)
        {
            form["token"] = token;
        }

        return host.SendAsync("POST", $"/hub/api/oauth2/{what}", body: new FormUrlEncodedContent(form));
    }
}
