using System.Text.Json.Nodes;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Services, made and deleted while the hub runs (contract 2.8).</summary>
public sealed class ServicesApiTests : IAsyncLifetime
{
    private const string Token = "service-token-0123456789";

    private HubHost host = null!;
    private string admin = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        admin = await host.Data.UserTokenAsync("root");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_service_is_made_with_all_that_was_said_of_it()
    {
        using var made = await SendAsync("POST", "/services/all%20keys", $$"""
            {"name": "all keys", "admin": false, "api_token": "{{Token}}", "info": {"about": [1, {}]}, "display": false, "oauth_no_confirm": true, "command": [], "cwd": "/srv",
             "environment": {"A": "1"}, "user": "svc", "oauth_client_id": "service-other", "oauth_redirect_uri": "https://svc.example.org/back",
             "oauth_client_allowed_scopes": ["read:users:name!user"]}
            """);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(
            """{"kind":"service","name":"all keys","admin":false,"roles":[],"url":"","prefix":"","command":[],"pid":0,"info":{"about":[1,{}]},"display":false}""",
            (await made.JsonAsync()).ToJsonString());
        var row = Assert.Single(await host.Data.ListAsync<HubService>());
        Assert.Equal(("/srv", "svc", "1", false, true, 30), (row.Cwd, row.User, (string?)row.Environment?["A"], row.FromConfig, row.OAuthNoConfirm, row.Timeout));
        var client = (await host.Data.ListAsync<OAuthClient>()).Single(known => known.Identifier == "service-other");
        Assert.Equal(row.OAuthClientId, client.Identifier);
        Assert.Equal("https://svc.example.org/back", client.RedirectUri);
        Assert.Equal(["access:services!service=all keys", "read:users:name!user"], client.AllowedScopes);
        Assert.True(TokenHash.Verify(Token, client.Secret!));
        Assert.StartsWith("sha512:16384:", client.Secret, StringComparison.Ordinal);
        var token = (await host.Data.ListAsync<HubToken>()).Single(known => known.ServiceId == row.Id);
        Assert.StartsWith("sha512:16384:", token.Hashed, StringComparison.Ordinal);
        Assert.Equal(["inherit"], token.Scopes);

        using var self = await host.SendAsync("GET", "/hub/api/user", Token);
        Assert.Equal("all keys", (string)(await self.JsonAsync())["name"]!);
        using var read = await SendAsync("GET", "/services/all%20keys");
        Assert.Equal(await made.TextAsync(), await read.TextAsync());
    }

    [Fact]
    public async Task A_token_that_is_trusted_costs_nothing_to_check()
    {
        await using var trusting = await HubHost.StartAsync(setup => setup.Hub = hub => hub.TrustUserProvidedTokens = true);
        using var made = await trusting.SendAsync("POST", "/hub/api/services/fast", await trusting.Data.UserTokenAsync("root"), Answers.Json($$"""{"api_token": "{{Token}}"}"""));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith("sha512:1:", (await trusting.Data.ListAsync<HubToken>()).Single(row => row.ServiceId != null).Hashed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"api_token": "short"}""")]
    [InlineData("""{"api_token": "1234567", "oauth_redirect_uri": "/back"}""")]
    [InlineData("""{}""")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"bogus": 1}""")]
    [InlineData("""{"timeout": 1}""")]
    [InlineData("""{"admin": "yes"}""")]
    [InlineData("""{"admin": null}""")]
    [InlineData("""{"display": 1}""")]
    [InlineData("""{"info": []}""")]
    [InlineData("""{"environment": "A=1"}""")]
    [InlineData("""{"command": ["jupyterhub-idle-culler"]}""")]
    [InlineData("""{"command": "jupyterhub-idle-culler"}""")]
    [InlineData("""{"name": "another"}""")]
    [InlineData("""{"url": "ftp://127.0.0.1/"}""")]
    [InlineData("""{"url": "file:///etc/passwd"}""")]
    [InlineData("""{"url": "http:///x"}""")]
    [InlineData("""{"url": "http://user:pw@127.0.0.1:1/"}""")]
    [InlineData("""{"url": "127.0.0.1:9"}""")]
    [InlineData("""{"url": "HUB"}""")]
    [InlineData("""{"url": "HUB/services/other"}""")]
    [InlineData("""{"url": "/services/x"}""")]
    [InlineData("""{"oauth_no_confirm": true}""")]
    [InlineData("""{"oauth_client_id": "service-x"}""")]
    [InlineData("""{"oauth_client_id": "jupyterhub", "oauth_redirect_uri": "/back"}""")]
    [InlineData("""{"oauth_client_id": "jupyterhub-user-root", "oauth_redirect_uri": "/back"}""")]
    [InlineData("""{"oauth_redirect_uri": "not an address"}""")]
    [InlineData("""{"oauth_client_allowed_scopes": ["read:planets"], "oauth_redirect_uri": "/back"}""")]
    [InlineData("""{"oauth_client_allowed_scopes": "read:users", "oauth_redirect_uri": "/back"}""")]
    [InlineData("""{"oauth_client_allowed_scopes": [1], "oauth_redirect_uri": "/back"}""")]
    public async Task A_bad_body_makes_nothing(string body)
    {
        using var answer = await SendAsync("POST", "/services/bad", body.Replace("HUB", $"http://localhost:{host.Url.Port}", StringComparison.Ordinal));
        Assert.InRange((await answer.ApiErrorAsync(400)).Length, 1, 300);
        Assert.Empty(await host.Data.ListAsync<HubService>());
        Assert.DoesNotContain(await host.Data.ListAsync<HubToken>(), row => row.ServiceId != null);
        Assert.DoesNotContain(await host.Data.ListAsync<OAuthClient>(), row => row.Identifier.StartsWith("service-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("%20a")]
    [InlineData("a%0A")]
    public async Task Some_names_are_none(string name)
    {
        using var answer = await SendAsync("POST", $"/services/{name}", """{"display": true}""");
        await answer.ApiErrorAsync(400);
        using var tooLong = await SendAsync("POST", $"/services/{new string('x', 201)}", """{"display": true}""");
        Assert.InRange((await tooLong.ApiErrorAsync(400)).Length, 1, 300);
        Assert.Empty(await host.Data.ListAsync<HubService>());
    }

    [Fact]
    public async Task What_is_taken_stays_with_whom_it_belongs_to()
    {
        using var first = await SendAsync("POST", "/services/first", $$"""{"api_token": "{{Token}}", "oauth_redirect_uri": "/first"}""");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using var again = await SendAsync("POST", "/services/first", "{}");
        Assert.Equal("Service first already exists", await again.ApiErrorAsync(409));
        using var sameToken = await SendAsync("POST", "/services/second", $$"""{"api_token": "{{Token}}"}""");
        Assert.Contains("taken", await sameToken.ApiErrorAsync(400), StringComparison.Ordinal);
        using var sameClient = await SendAsync("POST", "/services/third", """{"oauth_client_id": "service-first", "oauth_redirect_uri": "/third"}""");
        Assert.Contains("service-first", await sameClient.ApiErrorAsync(400), StringComparison.Ordinal);
        Assert.Equal("first", Assert.Single(await host.Data.ListAsync<HubService>()).Name);
        Assert.Equal("/first", (await host.Data.ListAsync<OAuthClient>()).Single(row => row.Identifier == "service-first").RedirectUri);
    }

    [Theory]
    [InlineData("read:users:name!user", 400)]
    [InlineData("self", 400)]
    [InlineData("inherit", 400)]
    [InlineData("admin:users", 400)]
    [InlineData("list:users", 400)]
    [InlineData("list:users!group=physics", 201)]
    [InlineData("read:services:name", 201)]
    public async Task A_narrow_credential_hands_on_no_more_than_it_has(string scope, int status)
    {
        // Both belong to somebody, or a role, that holds everything: what counts is what the credential gives.
        var narrow = await host.Data.UserTokenAsync("root", "admin:services", "list:users!group=physics");
        var service = await host.Data.ServiceTokenAsync("maker", "admin:services", "list:users!group=physics");
        foreach (var (name, token) in new[] { ("by-user", narrow), ("by-service", service) })
        {
            using var answer = await host.SendAsync("POST", $"/hub/api/services/{name}", token, Answers.Json($$"""{"oauth_client_allowed_scopes": ["{{scope}}"], "oauth_redirect_uri": "/back"}"""));
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var byAdmin = await SendAsync("POST", "/services/by-admin", $$"""{"oauth_client_allowed_scopes": ["{{scope}}"], "oauth_redirect_uri": "/back"}""");
        Assert.Equal(HttpStatusCode.Created, byAdmin.StatusCode);
    }

    [Fact]
    public async Task Only_administrators_make_administrators()
    {
        var narrow = await host.Data.UserTokenAsync("root", "admin:services");
        using var beyond = await host.SendAsync("POST", "/hub/api/services/boss", narrow, Answers.Json("""{"admin": true}"""));
        Assert.StartsWith("Not assigning requested scopes", await beyond.ApiErrorAsync(400), StringComparison.Ordinal);
        var almighty = await host.Data.ServiceTokenAsync(
            "almighty", "admin-ui", "admin:users", "admin:servers", "admin:services", "tokens", "admin:groups", "read:hub", "proxy", "shutdown", "access:services",
            "access:servers", "read:roles", "read:metrics", "shares");
        using var notAdmin = await host.SendAsync("POST", "/hub/api/services/boss", almighty, Answers.Json("""{"admin": true}"""));
        await notAdmin.ApiErrorAsync(403);

        using var made = await SendAsync("POST", "/services/boss", $$"""{"admin": true, "api_token": "{{Token}}"}""");
        Assert.Equal(["admin"], (await made.JsonAsync())["roles"]!.AsArray().Select(role => (string)role!));
        var origin = Assert.Single(await host.Data.ListAsync<ServiceRoleOrigin>());
        Assert.Equal((RoleOrigins.Api, "user root"), (origin.Origin, origin.Creator));
        using var works = await host.SendAsync("GET", "/hub/api/services", Token);
        Assert.Equal(["almighty", "boss"], (await works.JsonAsync()).Select(member => member.Key));
    }

    [Fact]
    public async Task Services_are_listed_as_an_object_of_those_that_may_be_seen()
    {
        foreach (var name in new[] { "one", "two", "three" })
        {
            using var made = await SendAsync("POST", $"/services/{name}", """{"display": true}""");
        }

        async Task<JsonObject> ListAsync(params string[] scopes)
        {
            using var answer = await host.SendAsync("GET", "/hub/api/services", await host.Data.UserTokenAsync("root", scopes));
            return await answer.JsonAsync();
        }

        Assert.Equal(["one", "two", "three"], (await ListAsync("admin:services")).Select(member => member.Key));
        Assert.Equal("""{"two":{"kind":"service","name":"two","admin":false}}""", (await ListAsync("list:services!service=two")).ToJsonString());
        Assert.Equal("{}", (await ListAsync("list:services!user=root")).ToJsonString());
        Assert.Equal("{}", (await ListAsync("list:services!group=two")).ToJsonString());
        using var refused = await host.SendAsync("GET", "/hub/api/services", await host.Data.UserTokenAsync("root", "read:services"));
        await refused.ApiErrorAsync(403);
    }

    [Fact]
    public async Task A_role_that_has_expired_is_not_shown()
    {
        var service = await host.Data.AddAsync(new HubService { Name = "expiring" });
        foreach (var (name, end) in new[] { ("dead", -1), ("live", 1) })
        {
            var role = await host.Data.AddAsync(new HubRole { Name = name });
            await host.Data.AddAsync(new ServiceRole
            {
                ServiceId = service.Id, RoleId = role.Id, Origin = new ServiceRoleOrigin { Origin = RoleOrigins.Api, ExpiresAt = DateTime.UtcNow.AddHours(end) },
            });
        }

        using var answer = await SendAsync("GET", "/services/expiring");
        Assert.Equal(["live"], (await answer.JsonAsync())["roles"]!.AsArray().Select(role => (string)role!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public async Task What_the_configuration_declares_is_not_deleted(bool? fromConfig)
    {
        await host.Data.AddAsync(new HubService { Name = "declared", FromConfig = fromConfig });
        using var answer = await SendAsync("DELETE", "/services/declared");
        Assert.Equal("Service declared is not modifiable at runtime", await answer.ApiErrorAsync(405));
        Assert.Single(await host.Data.ListAsync<HubService>());
    }

    [Fact]
    public async Task Of_a_hundred_that_make_or_delete_the_same_service_one_wins()
    {
        var before = await ServiceTraces.CountAsync(host);
        var made = await TogetherAsync("POST", _ => $$"""{"api_token": "{{Guid.NewGuid():N}}", "oauth_redirect_uri": "/back"}""");
        Assert.Equal((1, 99), (made.Count(status => status == 201), made.Count(status => status == 409)));
        Assert.Single(await host.Data.ListAsync<HubService>());
        var deleted = await TogetherAsync("DELETE", _ => null);
        Assert.Equal((1, 99), (deleted.Count(status => status == 200), deleted.Count(status => status == 404)));
        Assert.Equal(before, await ServiceTraces.CountAsync(host));
    }

    private Task<int[]> TogetherAsync(string method, Func<int, string?> body) => Task.WhenAll(Enumerable.Range(0, 100).Select(async index =>
    {
        using var answer = await SendAsync(method, "/services/race", body(index));
        return (int)answer.StatusCode;
    }));

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null) =>
        host.SendAsync(method, "/hub/api" + path, admin, body is null ? null : Answers.Json(body));
}
