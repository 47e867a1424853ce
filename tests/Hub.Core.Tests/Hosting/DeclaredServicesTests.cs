using JupyterHub.Core.OAuth;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.Tests.Hosting;

/// <summary>A start makes services, their OAuth clients and their tokens what the configuration declares.</summary>
public sealed class DeclaredServicesTests
{
    private const string Token = "announcement-token-1";

    [Fact]
    public async Task Everything_that_is_declared_of_a_service_is_stored()
    {
        await using var hub = await StartingHub.CreateAsync();

        await hub.StartAsync($$"""
            "BaseUrl": "/lab/",
            "Services": [ { "Name": "announcement", "ApiToken": "{{Token}}", "Url": "http://127.0.0.1:9001", "Display": false, "OauthNoConfirm": true,
              "OauthClientAllowedScopes": ["read:users!user"], "Info": { "who": ["us"] }, "Environment": { "A": "b" }, "Cwd": "/srv", "User": "nobody", "Timeout": 5 } ]
            """);

        var service = await hub.ServiceAsync("announcement");
        Assert.Equal((true, false, "http://127.0.0.1:9001", false, true), (service.FromConfig, service.Admin, service.Url, service.Display, service.OAuthNoConfirm));
        Assert.Equal(("""{"who":["us"]}""", """{"A":"b"}""", "/srv", "nobody", 5), (service.Info?.ToJsonString(), service.Environment?.ToJsonString(), service.Cwd, service.User, service.Timeout));
        Assert.Equal(["read:users!user"], service.OAuthClientAllowedScopes);
        Assert.Equal(("http", "127.0.0.1", 9001, "/lab/services/announcement/", "service-announcement"), (service.Server!.Proto, service.Server.Ip, service.Server.Port, service.Server.BaseUrl, service.Server.CookieName));
        var client = Assert.Single(await hub.ReadAsync(db => db.OAuthClients.Where(client => client.Identifier == service.OAuthClientId)));
        Assert.Equal(("service-announcement", "/lab/services/announcement/oauth_callback"), (client.Identifier, client.RedirectUri));
        Assert.Equal(["access:services!service=announcement", "read:users!user"], client.AllowedScopes);
        Assert.True(TokenHash.Verify(Token, client.Secret!));
        var token = Assert.Single(await hub.Database.ListAsync<HubToken>());
        Assert.Equal((service.Id, "from config", OAuthClient.HubIdentifier), (token.ServiceId, token.Note, token.ClientId));
        Assert.Equal(["inherit"], token.Scopes);
        Assert.StartsWith("sha512:16384:", token.Hashed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_pages_has_neither_client_nor_server()
    {
        await using var hub = await StartingHub.CreateAsync();

        await hub.StartAsync(Declared($"\"ApiToken\": \"{Token}\""));

        var service = await hub.ServiceAsync("announcement");
        Assert.Null(service.OAuthClientId);
        Assert.Null(service.Server);
        Assert.Null(service.Display);
        Assert.Null(service.Info);
    }

    [Fact]
    public async Task A_trusted_token_needs_no_slow_hash()
    {
        await using var hub = await StartingHub.CreateAsync();

        await hub.StartAsync("\"TrustUserProvidedTokens\": true, " + Declared($"\"ApiToken\": \"{Token}\""));

        Assert.StartsWith("sha512:1:", Assert.Single(await hub.Database.ListAsync<HubToken>()).Hashed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_token_replaces_the_old_one_and_other_tokens_of_the_service_stay()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync(Declared($"\"ApiToken\": \"{Token}\", \"OauthRedirectUri\": \"/cb\""));
        var other = await hub.Database.AddTokenAsync(await hub.ServiceAsync("announcement"));

        await hub.StartAsync(Declared("\"ApiToken\": \"announcement-token-2\", \"OauthRedirectUri\": \"/cb\""));

        var tokens = await hub.Database.ListAsync<HubToken>();
        Assert.Equal(2, tokens.Count);
        Assert.Contains(tokens, row => TokenHash.Verify("announcement-token-2", row.Hashed));
        Assert.Contains(tokens, row => TokenHash.Verify(other, row.Hashed));
        var client = Assert.Single(await hub.ReadAsync(db => db.OAuthClients.Where(client => client.Identifier == "service-announcement")));
        Assert.True(TokenHash.Verify("announcement-token-2", client.Secret!));

        await hub.StartAsync(Declared(""));

        Assert.True(TokenHash.Verify(other, Assert.Single(await hub.Database.ListAsync<HubToken>()).Hashed));
        Assert.Null((await hub.ServiceAsync("announcement")).OAuthClientId);
        Assert.Equal(OAuthClient.HubIdentifier, Assert.Single(await hub.Database.ListAsync<OAuthClient>()).Identifier);
    }

    [Fact]
    public async Task Tokens_may_change_places()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync(Two("first-token-0", "second-token-0"));

        await hub.StartAsync(Two("second-token-0", "first-token-0"));

        var tokens = await hub.Database.ListAsync<HubToken>();
        Assert.Equal(2, tokens.Count);
        var one = await hub.ServiceAsync("one");
        Assert.Single(tokens, row => row.ServiceId == one.Id && TokenHash.Verify("second-token-0", row.Hashed));
    }

    [Fact]
    public async Task A_token_of_somebody_else_stops_the_start()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"AllowedUsers\": [\"ada\"]");
        var taken = await hub.Database.AddTokenAsync(await hub.UserAsync("ada"));

        var line = await hub.FailAsync(Declared($"\"ApiToken\": \"{taken}\""));

        Assert.StartsWith("JupyterHub:Services:0:ApiToken cannot be used: This token is taken", line, StringComparison.Ordinal);
        Assert.DoesNotContain(taken, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_declared_any_more_goes_with_all_it_had()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync(Declared($"\"ApiToken\": \"{Token}\", \"Url\": \"http://127.0.0.1:9001\"") + ", \"LoadRoles\": [ { \"Name\": \"reader\", \"Services\": [\"announcement\"] } ]");

        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"reader\" } ]");

        Assert.Empty(await hub.Database.ListAsync<HubService>());
        Assert.Empty(await hub.Database.ListAsync<HubToken>());
        Assert.Empty(await hub.ReadAsync(db => db.Servers));
        Assert.Single(await hub.Database.ListAsync<OAuthClient>());
        Assert.Empty(await hub.HoldersAsync("reader"));
        Assert.Contains("names the service", await hub.FailAsync("\"LoadRoles\": [ { \"Name\": \"reader\", \"Services\": [\"announcement\"] } ]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_client_id_takes_the_old_client_away()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync(Declared($"\"ApiToken\": \"{Token}\", \"Url\": \"http://127.0.0.1:9001\""));

        await hub.StartAsync(Declared($"\"ApiToken\": \"{Token}\", \"Url\": \"https://127.0.0.1\", \"OauthClientId\": \"service-mine\", \"OauthRedirectUri\": \"https://a.example/cb\""));

        var service = await hub.ServiceAsync("announcement");
        Assert.Equal(("service-mine", "https", 443), (service.OAuthClientId, service.Server!.Proto, service.Server.Port));
        Assert.Equal(["jupyterhub", "service-mine"], await hub.ReadAsync(db => db.OAuthClients.OrderBy(client => client.Identifier).Select(client => client.Identifier)));
    }

    [Fact]
    public async Task Roles_stand_for_the_scopes_that_a_client_may_ask_for()
    {
        await using var hub = await StartingHub.CreateAsync();

        await hub.StartAsync(Declared("\"OauthRedirectUri\": \"/cb\", \"OauthRoles\": [\"reader\", \"token\"]") + ", \"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:users\"] } ]");

        var client = Assert.Single(await hub.ReadAsync(db => db.OAuthClients.Where(client => client.Identifier == "service-announcement")));
        Assert.Equal(["access:services!service=announcement", "inherit", "read:users"], client.AllowedScopes);
        Assert.Equal("", client.Secret);
    }

    [Fact]
    public async Task A_service_made_at_run_time_keeps_its_name_and_may_be_named_by_roles()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync();
        await hub.Database.AddAsync(new HubService { Name = "announcement", FromConfig = false, Timeout = 7 });

        await hub.StartAsync(Declared($"\"ApiToken\": \"{Token}\", \"Admin\": true") + ", \"LoadRoles\": [ { \"Name\": \"reader\", \"Services\": [\"announcement\"] } ]");

        var service = await hub.ServiceAsync("announcement");
        Assert.Equal((false, false, 7), (service.FromConfig, service.Admin, service.Timeout));
        Assert.Empty(await hub.Database.ListAsync<HubToken>());
        Assert.Equal(["service announcement"], await hub.HoldersAsync("reader"));
        Assert.Contains(hub.Logs.Lines, line => line.StartsWith("3109 ", StringComparison.Ordinal));
        await hub.StartAsync();
        Assert.Equal(7, (await hub.ServiceAsync("announcement")).Timeout);
    }

    [Fact]
    public async Task An_administrator_is_one_only_while_that_is_declared()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync(Declared("\"Admin\": true"));
        Assert.True((await hub.ServiceAsync("announcement")).Admin);
        Assert.Equal(["service announcement"], await hub.HoldersAsync("admin"));

        await hub.StartAsync(Declared(""));

        Assert.False((await hub.ServiceAsync("announcement")).Admin);
        Assert.Empty(await hub.HoldersAsync("admin"));

        const string ByRole = ", \"LoadRoles\": [ { \"Name\": \"admin\", \"Services\": [\"announcement\"] } ]";
        await hub.StartAsync(Declared("") + ByRole);

        Assert.True((await hub.ServiceAsync("announcement")).Admin);
        Assert.Equal(["service announcement"], await hub.HoldersAsync("admin"));
        await hub.StartInVainAsync(() => hub.StartAsync(Declared("") + ByRole));
    }

    private static string Declared(string settings) =>
        $$"""
        "Services": [ { "Name": "announcement"{{(settings.Length > 0 ? ", " + settings : "")}} } ]
        """;

    private static string Two(string one, string two) =>
        $$"""
        "Services": [ { "Name": "one", "ApiToken": "{{one}}" }, { "Name": "two", "ApiToken": "{{two}}" } ]
        """;
}
