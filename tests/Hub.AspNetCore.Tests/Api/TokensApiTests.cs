using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Making, listing and revoking tokens (contract 2.4).</summary>
public sealed class TokensApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_made_token_works_and_shows_its_clear_text_once()
    {
        var own = await Host.Data.UserTokenAsync("maker");
        using var made = await Host.SendAsync("POST", "/hub/api/users/maker/tokens", own);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var model = await made.JsonAsync();
        Assert.Equal("Requested via api", (string)model["note"]!);
        Assert.Equal("maker", (string)model["user"]!);
        Assert.Equal("JupyterHub", (string)model["oauth_client"]!);
        Assert.Null(model["expires_at"]);
        Assert.Null(model["session_id"]);
        var clear = (string)model["token"]!;
        using var self = await Host.SendAsync("GET", "/hub/api/user", clear);
        Assert.Equal((string)model["id"]!, (string)(await self.JsonAsync())["token_id"]!);
        using var shown = await Host.SendAsync("GET", $"/hub/api/users/maker/tokens/{model["id"]}", own);
        var again = await shown.JsonAsync();
        Assert.False(again.ContainsKey("token"));
        Assert.DoesNotContain(clear, again.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(Texts(model["scopes"]), Texts(again["scopes"]));
    }

    [Fact]
    public async Task A_token_for_another_says_who_asked()
    {
        await Host.Data.UserAsync("other");
        using var byUser = await PostAsync("other", """{"note": null}""", await Host.Data.UserTokenAsync("root"));
        Assert.Equal("Requested via api by user root", (string)(await byUser.JsonAsync())["note"]!);
        using var byService = await PostAsync("other", """{"note": ""}""", await Host.Data.ServiceTokenAsync("asker", "tokens!user=other"));
        Assert.Equal("Requested via api by service asker", (string)(await byService.JsonAsync())["note"]!);
        using var named = await PostAsync("other", """{"note": "mine"}""", await Host.Data.UserTokenAsync("root"));
        Assert.Equal("mine", (string)(await named.JsonAsync())["note"]!);
    }

    [Fact]
    public async Task A_service_with_a_filter_makes_tokens_for_those_whom_it_covers()
    {
        await Host.Data.GroupAsync("tokened", "member");
        await Host.Data.UserAsync("stranger");
        var service = await Host.Data.ServiceTokenAsync("by-group", "tokens!group=tokened");
        using var member = await PostAsync("member", "{}", service);
        Assert.Equal(HttpStatusCode.Created, member.StatusCode);
        foreach (var name in new[] { "stranger", "nobody" })
        {
            using var refused = await PostAsync(name, "{}", service);
            Assert.Equal($"Service {name} not found or no permissions to generate tokens", await refused.ApiErrorAsync(403));
        }

        using var user = await PostAsync("stranger", "{}", await Host.Data.UserTokenAsync("member"));
        Assert.Equal("User stranger not found or no permissions to generate tokens", await user.ApiErrorAsync(403));
    }

    [Fact]
    public async Task Scopes_are_those_of_the_target_and_not_of_the_asker()
    {
        await Host.Data.UserAsync("target");
        var root = await Host.Data.UserTokenAsync("root");
        using var excess = await PostAsync("target", """{"scopes": ["admin:users", "read:users!user"]}""", root);
        var complaint = await excess.ApiErrorAsync(400);
        Assert.StartsWith("Not assigning requested scopes ", complaint, StringComparison.Ordinal);
        Assert.Contains("admin:users", complaint, StringComparison.Ordinal);
        Assert.EndsWith(" not held by User target", complaint, StringComparison.Ordinal);

        // A token that may make tokens may make one that inherits everything.
        var narrow = await Host.Data.UserTokenAsync("target", "tokens!user");
        using var inherits = await PostAsync("target", """{"scopes": ["inherit"]}""", narrow);
        Assert.Contains("servers!user=target", Texts((await inherits.JsonAsync())["scopes"]));
        using var few = await PostAsync("target", """{"scopes": ["read:users:name!user", "read:users:name!user"]}""", narrow);
        Assert.Equal(["read:users:groups!user=target", "read:users:name!user=target"], Texts((await few.JsonAsync())["scopes"]));
        using var none = await PostAsync("target", """{"scopes": []}""", narrow);
        Assert.Equal(["read:users:groups!user=target", "read:users:name!user=target"], Texts((await none.JsonAsync())["scopes"]));
    }

    [Fact]
    public async Task Roles_are_resolved_at_once()
    {
        var own = await Host.Data.UserTokenAsync("roled");
        var role = await Host.Data.AddAsync(new HubRole { Name = "reader-of-self", Scopes = ["read:users:activity!user"] });
        using var made = await PostAsync("roled", """{"roles": ["reader-of-self"]}""", own);
        var model = await made.JsonAsync();
        Assert.Empty(model["roles"]!.AsArray());
        Assert.Contains("read:users:activity!user=roled", Texts(model["scopes"]));
        await Host.Database.WriteAsync(async (db, token) => db.Remove((await db.FindAsync<HubRole>([role.Id], token))!), CancellationToken.None);
        using var later = await Host.SendAsync("GET", $"/hub/api/users/roled/tokens/{model["id"]}", own);
        Assert.Contains("read:users:activity!user=roled", Texts((await later.JsonAsync())["scopes"]));
        using var excess = await PostAsync("roled", """{"roles": ["admin"]}""", own);
        Assert.Contains("not held by User roled", await excess.ApiErrorAsync(400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "Body must be a JSON dict or empty")]
    [InlineData("5", "Body must be a JSON dict or empty")]
    [InlineData("{", "Invalid JSON in body of request")]
    [InlineData("""{"roles": ["nope"]}""", "No such role: nope")]
    [InlineData("""{"roles": ["user"], "scopes": ["self"]}""", "Can only assign one of scopes or roles when creating tokens.")]
    [InlineData("""{"roles": [], "scopes": []}""", "Can only assign one of scopes or roles when creating tokens.")]
    [InlineData("""{"roles": "user"}""", "token roles must be null or a list of strings")]
    [InlineData("""{"scopes": [5]}""", "token scopes must be null or a list of strings")]
    [InlineData("""{"scopes": {}}""", "token scopes must be null or a list of strings")]
    [InlineData("""{"scopes": ["\ud800"]}""", "Invalid JSON in body of request")]
    [InlineData("""{"scopes": ["nope"]}""", "nope")]
    [InlineData("""{"scopes": ["read:users!planet=x"]}""", "planet")]
    [InlineData("""{"scopes": ["all"]}""", "inherit")]
    [InlineData("""{"expires_in": "x"}""", "token expires_in must be null or integer, not a string")]
    [InlineData("""{"expires_in": 1.5}""", "token expires_in must be null or integer")]
    [InlineData("""{"expires_in": true}""", "token expires_in must be null or integer")]
    [InlineData("""{"expires_in": -5}""", "token expires_in must be a positive integer or null")]
    [InlineData("""{"expires_in": 9223372036854775807}""", "token expires_in must be")]
    [InlineData("""{"expires_in": 99999999999999999999999}""", "token expires_in must be null or integer")]
    [InlineData("""{"note": 5}""", "token note must be null or a string")]
    [InlineData("""{"note": {"a": 1}}""", "token note must be null or a string")]
    public async Task A_wrong_body_makes_no_token(string body, string complaint)
    {
        var own = await Host.Data.UserTokenAsync("wrong-token");
        var before = (await Host.Data.ListAsync<HubToken>()).Count;
        using var answer = await PostAsync("wrong-token", body, own);
        Assert.Contains(complaint, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
        Assert.Equal(before, (await Host.Data.ListAsync<HubToken>()).Count);
    }

    [Fact]
    public async Task Long_texts_are_refused_in_few_words()
    {
        var own = await Host.Data.UserTokenAsync("long-token");
        var many = string.Join(',', Enumerable.Repeat("\"read:users\"", 1001));
        foreach (var body in new[] { $$"""{"note": "{{new string('n', 2000)}}"}""", $$"""{"scopes": ["{{new string('s', 5000)}}"]}""", $$"""{"roles": ["{{new string('r', 1000)}}"]}""", $$"""{"scopes": [{{many}}]}""" })
        {
            using var answer = await PostAsync("long-token", body, own);
            Assert.InRange((await answer.ApiErrorAsync(400)).Length, 10, 400);
        }
    }

    [Fact]
    public async Task Expiry_is_limited_by_the_settings()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.TokenExpiresInMaxSeconds = 3600);
        var own = await host.Data.UserTokenAsync("limited");
        foreach (var (body, seconds) in new[] { ("{}", 3600), ("""{"expires_in": 0}""", 3600), ("""{"expires_in": null}""", 3600), ("""{"expires_in": 60}""", 60), ("""{"expires_in": 3600}""", 3600) })
        {
            using var made = await host.SendAsync("POST", "/hub/api/users/limited/tokens", own, Answers.Json(body));
            var model = await made.JsonAsync();
            Assert.Equal(TimeSpan.FromSeconds(seconds), Time(model["expires_at"]) - Time(model["created"]));
        }

        using var refused = await host.SendAsync("POST", "/hub/api/users/limited/tokens", own, Answers.Json("""{"expires_in": 3601}"""));
        Assert.Equal("token expires_in: 3601 must not exceed 3600", await refused.ApiErrorAsync(400));
    }

    [Fact]
    public async Task Zero_means_never_where_nothing_limits_it()
    {
        var own = await Host.Data.UserTokenAsync("unlimited");
        using var made = await PostAsync("unlimited", """{"expires_in": 0}""", own);
        Assert.Null((await made.JsonAsync())["expires_at"]);
    }

    [Theory]
    [InlineData("a999999")]
    [InlineData("zzz")]
    [InlineData("a")]
    [InlineData("a-1")]
    [InlineData("a+1")]
    [InlineData("a%201")]
    [InlineData("a99999999999999999999")]
    [InlineData("b1")]
    [InlineData("1")]
    [InlineData("%F0%9F%99%82")]
    public async Task An_id_that_is_none_is_not_found(string id)
    {
        var own = await Host.Data.UserTokenAsync("seeker");
        foreach (var method in new[] { "GET", "DELETE" })
        {
            using var answer = await Host.SendAsync(method, $"/hub/api/users/seeker/tokens/{id}", own);
            await answer.ApiErrorAsync(404);
        }
    }

    [Fact]
    public async Task Somebody_elses_token_is_not_found()
    {
        var root = await Host.Data.UserTokenAsync("root");
        using var made = await PostAsync("root", "{}", root);
        var id = (string)(await made.JsonAsync())["id"]!;
        await Host.Data.UserAsync("neighbour");
        foreach (var method in new[] { "GET", "DELETE" })
        {
            using var answer = await Host.SendAsync(method, $"/hub/api/users/neighbour/tokens/{id}", root);
            Assert.Equal($"No such token {id} for user neighbour", await answer.ApiErrorAsync(404));
        }

        using var still = await Host.SendAsync("GET", $"/hub/api/users/root/tokens/{id}", root);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_list_is_by_use_and_leaves_out_what_has_expired()
    {
        var own = await Host.Data.UserTokenAsync("lister");
        var user = await Host.Data.UserAsync("lister");
        var now = TimeProvider.System.GetHubTime();
        foreach (var (note, hours, expires) in new[] { ("late", -1, 1), ("early", -2, 1), ("dead", -3, -1) })
        {
            var clear = await Host.Data.TokenAsync(new NewToken { UserId = user.Id, Scopes = ["inherit"], Note = note });
            await Host.Database.WriteAsync(
                async (db, token) =>
                {
                    var row = db.Tokens.OrderBy(found => found.Id).Last();
                    (row.LastActivity, row.ExpiresAt) = (now.AddHours(hours), now.AddHours(expires));
                    await db.SaveChangesAsync(token);
                },
                CancellationToken.None);
        }

        using var answer = await Host.SendAsync("GET", "/hub/api/users/lister/tokens", own);
        var notes = (await answer.JsonAsync())["api_tokens"]!.AsArray().Select(token => (string)token!["note"]!);
        Assert.Equal(["early", "late", "test"], notes);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubToken>(), row => row.Note == "dead");
        using var missing = await Host.SendAsync("GET", "/hub/api/users/ghost/tokens", await Host.Data.UserTokenAsync("root"));
        Assert.Equal("No such user: ghost", await missing.ApiErrorAsync(404));
    }

    [Fact]
    public async Task A_revoked_token_is_dead_at_once_and_a_clients_tokens_go_together()
    {
        var own = await Host.Data.UserTokenAsync("revoker");
        var user = await Host.Data.UserAsync("revoker");
        await Host.Data.AddAsync(new OAuthClient { Identifier = "service-app", Description = "App", Secret = "", RedirectUri = "" });
        var tokens = new List<string>();
        foreach (var client in new[] { "jupyterhub", "jupyterhub", "service-app", "service-app" })
        {
            tokens.Add(await Host.Data.TokenAsync(new NewToken { UserId = user.Id, Scopes = ["read:users!user"], ClientId = client, Note = client }));
        }

        using var listed = await Host.SendAsync("GET", "/hub/api/users/revoker/tokens", own);
        var models = (await listed.JsonAsync())["api_tokens"]!.AsArray();
        Assert.Equal("App", (string)models.First(token => (string)token!["note"]! == "service-app")!["oauth_client"]!);
        foreach (var note in new[] { "jupyterhub", "service-app" })
        {
            var id = (string)models.First(token => (string)token!["note"]! == note)!["id"]!;
            using var answer = await Host.SendAsync("DELETE", $"/hub/api/users/revoker/tokens/{id}", own);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var alive = new List<bool>();
        foreach (var token in tokens)
        {
            using var self = await Host.SendAsync("GET", "/hub/api/user", token);
            alive.Add(self.StatusCode == HttpStatusCode.OK);
        }

        Assert.Equal([false, true, false, false], alive);
    }

    [Fact]
    public async Task Of_a_hundred_who_revoke_a_token_one_does()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("once");
        using var made = await PostAsync("once", "{}", root);
        var id = (string)(await made.JsonAsync())["id"]!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await Host.SendAsync("DELETE", $"/hub/api/users/once/tokens/{id}", root);
            return (int)answer.StatusCode;
        }));
        Assert.Equal(1, answers.Count(status => status == 204));
        Assert.Equal(99, answers.Count(status => status == 404));
    }

    [Fact]
    public async Task Making_a_token_while_its_owner_is_removed_is_no_error_of_ours()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("fleeting");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            using var answer = number == 20
                ? await Host.SendAsync("DELETE", "/hub/api/users/fleeting", root)
                : await PostAsync("fleeting", "{}", root);
            return (int)answer.StatusCode;
        }));
        Assert.All(answers, status => Assert.Contains(status, new[] { 201, 204, 403 }));
        Assert.DoesNotContain(await Host.Data.ListAsync<HubToken>(), row => row is { UserId: null, ServiceId: null });
    }

    [Fact]
    public async Task A_password_in_the_body_makes_a_token_for_its_owner()
    {
        await Host.Data.UserAsync("typist");
        using var made = await PostAsync("typist", $$"""{"auth": {"username": "Typist", "password": "{{HubHost.Password}}"} }""", token: null, origin: true);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("Requested via api", (string)(await made.JsonAsync())["note"]!);
        Assert.Null(made.Header("Set-Cookie"));
        await Host.Data.UserAsync("victim");
        using var other = await PostAsync("victim", $$"""{"auth": {"username": "typist", "password": "{{HubHost.Password}}"} }""", token: null);
        Assert.Equal("User victim not found or no permissions to generate tokens", await other.ApiErrorAsync(403));
    }

    [Theory]
    [InlineData("""{"auth": {"username": "typist", "password": "wrong"}}""")]
    [InlineData("""{"auth": {"username": "unknown-person", "password": "correct-horse-battery"}}""")]
    [InlineData("""{"auth": {"username": "typist"}}""")]
    [InlineData("""{"auth": {"username": 5, "password": {}}}""")]
    [InlineData("""{"auth": "typist"}""")]
    [InlineData("""{"auth": null}""")]
    [InlineData("{}")]
    public async Task Without_credentials_there_is_no_token_and_no_talk_of_xsrf(string body)
    {
        await Host.Data.UserAsync("typist");
        foreach (var origin in new[] { false, true })
        {
            using var answer = await PostAsync("typist", body, token: null, origin);
            Assert.DoesNotContain("xsrf", await answer.ApiErrorAsync(403), StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(await Host.Data.ListAsync<Core.Users.HubUser>(), user => user.Name == "unknown-person");
    }

    [Fact]
    public async Task A_cookie_counts_only_with_the_sessions_xsrf_token()
    {
        var browser = await Host.SignInAsync("clicker");
        using var without = await browser.SendAsync("POST", "/hub/api/users/clicker/tokens", Answers.Json("{}"));
        Assert.Equal("'_xsrf' argument missing from POST", await without.ApiErrorAsync(403));
        using var wrong = await browser.SendAsync("POST", "/hub/api/users/clicker/tokens", Answers.Json("{}"), ("X-XSRFToken", "wrong"));
        Assert.Contains("XSRF", await wrong.ApiErrorAsync(403), StringComparison.OrdinalIgnoreCase);
        using var with = await browser.SendAsync("POST", "/hub/api/users/clicker/tokens", Answers.Json("{}"), ("X-XSRFToken", browser.Cookie("_xsrf")!));
        Assert.Equal(HttpStatusCode.Created, with.StatusCode);
        Assert.Null((await with.JsonAsync())["session_id"]);

        // A form of another site cannot be JSON: its cookies do not count.
        using var form = await browser.SubmitAsync("/hub/api/users/clicker/tokens", ("note", "forged"));
        Assert.NotEqual(HttpStatusCode.Created, form.StatusCode);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubToken>(), row => row.Note == "forged");
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(item => (string)item!).Order(StringComparer.Ordinal);

    private static DateTimeOffset Time(JsonNode? node) => DateTimeOffset.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture);

    private Task<HttpResponseMessage> PostAsync(string user, string body, string? token, bool origin = false)
    {
        var request = Host.NewRequest("POST", $"/hub/api/users/{user}/tokens");
        request.Content = Answers.Json(body);
        if (token is not null)
        {
            request.Headers.Add("Authorization", $"token {token}");
        }

        if (origin)
        {
            request.Headers.Add("Origin", "https://elsewhere.example");
        }

        return Host.Client.SendAsync(request);
    }
}
