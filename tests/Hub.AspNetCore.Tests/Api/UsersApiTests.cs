using System.Text.RegularExpressions;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Reading and making users, and who one is (contract 2.2, 2.3, 3).</summary>
public sealed partial class UsersApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Everybody_may_ask_for_the_version()
    {
        using var answer = await Host.SendAsync("GET", "/hub/api/", token: "unknown");
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Matches(@"^\d+\.\d+\.\d+", (string)(await answer.JsonAsync())["version"]!);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Who_am_i_tells_a_user_by_token()
    {
        var token = await Host.Data.UserTokenAsync("whoami");
        using var answer = await Host.SendAsync("GET", "/hub/api/user", token);
        var model = await answer.JsonAsync();
        Assert.Equal(
            [
                "admin", "created", "groups", "kind", "last_activity", "name", "pending", "roles", "scopes", "server", "servers", "session_id", "token_id", "user_info",
            ],
            model.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("user", (string)model["kind"]!);
        Assert.Equal("whoami", (string)model["name"]!);
        Assert.Equal(["user"], model["roles"]!.AsArray().Select(role => (string)role!));
        Assert.StartsWith("a", (string)model["token_id"]!, StringComparison.Ordinal);
        Assert.Null(model["session_id"]);
        Assert.Matches(Timestamp(), (string)model["created"]!);
        Assert.Matches(Timestamp(), (string)model["last_activity"]!);
        var scopes = model["scopes"]!.AsArray().Select(scope => (string)scope!).ToList();
        Assert.Equal(scopes.Order(StringComparer.Ordinal), scopes);
        Assert.Contains("access:servers!user=whoami", scopes);
    }

    [Fact]
    public async Task Who_am_i_tells_a_user_by_cookie()
    {
        var browser = await Host.SignInAsync("cookie");
        using var answer = await browser.GetAsync("/hub/api/user");
        var model = await answer.JsonAsync();
        Assert.Null(model["token_id"]);
        Assert.Null(model["session_id"]);
        Assert.Equal("cookie", (string)model["name"]!);
    }

    [Theory]
    [InlineData("token {0}")]
    [InlineData("Token {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER   {0}")]
    public async Task Tokens_are_taken_in_two_forms(string form)
    {
        var token = await Host.Data.UserTokenAsync("forms");
        using var answer = await Host.Browser().GetAsync("/hub/api/user", ("Authorization", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, token)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("token {0} x")]
    [InlineData("basic {0}")]
    [InlineData("token")]
    [InlineData("token 00000000000000000000000000000000")]
    public async Task Nothing_else_is_a_token(string form)
    {
        var token = await Host.Data.UserTokenAsync("forms");
        using var answer = await Host.Browser().GetAsync("/hub/api/user", ("Authorization", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, token)));
        Assert.Equal("Forbidden", await answer.ApiErrorAsync(403));
        using var query = await Host.SendAsync("GET", $"/hub/api/user?token={token}");
        Assert.Equal(HttpStatusCode.Forbidden, query.StatusCode);
        using var named = await Host.SendAsync("GET", "/hub/api/users/forms");
        Assert.Equal("Missing or invalid credentials.", await named.ApiErrorAsync(403));
    }

    [Fact]
    public async Task A_bad_token_falls_through_to_the_cookie()
    {
        var browser = await Host.SignInAsync("fallback");
        using var answer = await browser.GetAsync("/hub/api/user", ("Authorization", "token nonsense"));
        Assert.Equal("fallback", (string)(await answer.JsonAsync())["name"]!);
    }

    [Fact]
    public async Task A_good_token_decides_alone_about_identity_and_scopes()
    {
        var browser = await Host.SignInAsync("root");
        var token = await Host.Data.UserTokenAsync("both", "read:users:name!user");
        using var self = await browser.GetAsync("/hub/api/user", ("Authorization", $"token {token}"));
        Assert.Equal("both", (string)(await self.JsonAsync())["name"]!);
        using var other = await browser.GetAsync("/hub/api/users/root", ("Authorization", $"token {token}"));
        Assert.Equal(404, (int)other.StatusCode);
    }

    [Theory]
    [InlineData("read:users:name", "admin kind name user_info")]
    [InlineData("read:users:groups", "groups kind name")]
    [InlineData("read:users:activity", "kind last_activity name")]
    [InlineData("read:roles:users", "admin kind name roles")]
    [InlineData("read:servers", "admin kind name servers user_info")]
    [InlineData("read:users", "admin created groups kind last_activity name pending roles server user_info")]
    public async Task A_scope_reveals_its_keys(string scope, string keys)
    {
        var token = await Host.Data.UserTokenAsync("root", scope);
        await Host.Data.UserAsync("seen");
        using var answer = await Host.SendAsync("GET", "/hub/api/users/seen", token);
        Assert.Equal(keys, string.Join(' ', (await answer.JsonAsync()).Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_missing_user_looks_like_a_forbidden_one_to_whoever_may_not_know()
    {
        var own = await Host.Data.UserTokenAsync("curious");
        await Host.Data.UserAsync("hidden");
        using var hidden = await Host.SendAsync("GET", "/hub/api/users/hidden", own);
        using var missing = await Host.SendAsync("GET", "/hub/api/users/missing", own);
        Assert.Equal(await hidden.ApiErrorAsync(404), await missing.ApiErrorAsync(404));

        var admin = await Host.Data.UserTokenAsync("root");
        using var real = await Host.SendAsync("GET", "/hub/api/users/missing", admin);
        await real.ApiErrorAsync(404);
    }

    [Fact]
    public async Task A_user_is_made_with_a_normalised_name()
    {
        var admin = await Host.Data.UserTokenAsync("root");
        using var made = await Host.SendAsync("POST", "/hub/api/users/New%2DUser", admin);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var model = await made.JsonAsync();
        Assert.Equal("new-user", (string)model["name"]!);
        Assert.False((bool)model["admin"]!);
        using var again = await Host.SendAsync("POST", "/hub/api/users/new-user", admin, Answers.Json("{}"));
        Assert.Equal("User new-user already exists", await again.ApiErrorAsync(409));
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("%20x")]
    [InlineData("x%09")]
    public async Task An_invalid_name_makes_nobody(string name)
    {
        var admin = await Host.Data.UserTokenAsync("root");
        using var answer = await Host.SendAsync("POST", $"/hub/api/users/{name}", admin);
        Assert.StartsWith("Invalid username", await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name == Uri.UnescapeDataString(name));
    }

    [Fact]
    public async Task A_name_too_long_for_the_database_makes_nobody()
    {
        var admin = await Host.Data.UserTokenAsync("root");
        using var answer = await Host.SendAsync("POST", $"/hub/api/users/{new string('x', 256)}", admin);
        await answer.ApiErrorAsync(400);
    }

    [Fact]
    public async Task CVE_2024_41942_only_admins_make_admins()
    {
        await Host.Data.GrantAsync("manager", "admin:users");
        var manager = await Host.Data.UserTokenAsync("manager");
        var service = await Host.Data.ServiceTokenAsync("managing", "admin:users", "admin:servers", "tokens");
        foreach (var token in new[] { manager, service })
        {
            using var refused = await Host.SendAsync("POST", "/hub/api/users/promoted", token, Answers.Json("""{"admin": true}"""));
            Assert.Equal("Only admins can grant admin permissions", await refused.ApiErrorAsync(403));
            Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name == "promoted");
        }

        using var plain = await Host.SendAsync("POST", "/hub/api/users/plain", manager, Answers.Json("""{"admin": false}"""));
        Assert.Equal(HttpStatusCode.Created, plain.StatusCode);
        var admin = await Host.Data.UserTokenAsync("root", "admin:users");
        using var made = await Host.SendAsync("POST", "/hub/api/users/boss", admin, Answers.Json("""{"admin": true}"""));
        Assert.True((bool)(await made.JsonAsync())["admin"]!);
        var boss = await Host.Data.UserTokenAsync("boss");
        using var self = await Host.SendAsync("GET", "/hub/api/user", boss);
        Assert.Equal(["admin", "user"], (await self.JsonAsync())["roles"]!.AsArray().Select(role => (string)role!));
    }

    [Fact]
    public async Task Users_are_made_by_nobody_else()
    {
        var own = await Host.Data.UserTokenAsync("ordinary");
        using var refused = await Host.SendAsync("POST", "/hub/api/users/another", own);
        Assert.Equal("Action is not authorized with current scopes; requires any of [admin:users]", await refused.ApiErrorAsync(403));
        using var anonymous = await Host.SendAsync("POST", "/hub/api/users/another");
        await anonymous.ApiErrorAsync(403);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$")]
    private static partial Regex Timestamp();
}
