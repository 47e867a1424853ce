using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;

namespace JupyterHub.AspNetCore.Tests.Advisories;

/// <summary>CVE-2024-41942 (GHSA-9x4q-3gxw-849f): who may manage users tries every way the API has to become an administrator.</summary>
public sealed class AdminGrantTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string manager = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Authenticator = dummy => dummy.AdminUsers.Add("chief"));
        var root = await host.Data.UserAsync("root", admin: true);
        var admins = await host.Data.GroupAsync("admins", "root");
        var adminRole = (await host.Data.ListAsync<HubRole>()).Single(role => role.Name == "admin");
        await host.Data.AddAsync(new GroupRole { GroupId = admins.Id, RoleId = adminRole.Id });
        await host.Data.SpawnerAsync(root.Name);
        await host.Data.UserAsync("accomplice");

        // Everything that is about users, roles, services and shares, but neither the flag nor any token or group of others.
        await host.Data.GrantAsync("manager", "admin:users", "admin:services", "admin:roles", "read:roles", "shares", "read:groups", "list:groups");
        manager = await host.Data.UserTokenAsync("manager");
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("POST", "users/made", """{"admin": true}""")]
    [InlineData("POST", "users", """{"usernames": ["made", "too"], "admin": true}""")]
    [InlineData("PATCH", "users/manager", """{"admin": true}""")]
    [InlineData("PATCH", "users/accomplice", """{"admin": true}""")]
    [InlineData("PATCH", "users/root", """{"admin": false}""")]
    [InlineData("PATCH", "users/root", """{"admin": true}""")]
    [InlineData("PATCH", "users/root", """{"name": "former"}""")]
    [InlineData("PATCH", "users/manager", """{"name": "chief"}""")]
    [InlineData("PATCH", "users/accomplice", """{"name": "CHIEF"}""")]
    [InlineData("PATCH", "users/root", """{"auth_state": {"admin": true}}""")]
    [InlineData("DELETE", "users/root/sessions", null)]
    [InlineData("POST", "groups/admins/users", """{"users": ["manager"]}""")]
    [InlineData("POST", "groups/more", """{"users": ["manager"], "roles": ["admin"]}""")]
    [InlineData("PUT", "roles/admin/users/manager", null)]
    [InlineData("PUT", "roles/admin/users/accomplice", null)]
    [InlineData("PUT", "roles/admin/groups/admins", null)]
    [InlineData("POST", "roles", """{"name": "mine", "scopes": ["admin:groups"], "users": ["manager"]}""")]
    [InlineData("POST", "roles/mine", """{"scopes": ["tokens"], "users": ["accomplice"]}""")]
    [InlineData("PATCH", "roles/user", """{"scopes": ["admin:groups"]}""")]
    [InlineData("PATCH", "roles/admin", """{"scopes": []}""")]
    [InlineData("POST", "users/root/tokens", null)]
    [InlineData("POST", "users/root/tokens", """{"scopes": ["read:users:name!user"]}""")]
    [InlineData("POST", "users/manager/tokens", """{"scopes": ["admin:groups"]}""")]
    [InlineData("POST", "users/manager/tokens", """{"roles": ["admin"]}""")]
    [InlineData("POST", "shares/root/", """{"user": "manager", "scopes": ["servers"]}""")]
    [InlineData("POST", "share-codes/root/", """{"scopes": ["admin:server_state"]}""")]
    [InlineData("POST", "services/made", """{"admin": true}""")]
    [InlineData("POST", "services/made", """{"admin": true, "api_token": "0123456789abcdef0123456789abcdef"}""")]
    [InlineData("POST", "services/made", """{"url": "http://127.0.0.1:9", "oauth_redirect_uri": "/x", "oauth_client_allowed_scopes": ["admin:groups"]}""")]
    public async Task CVE_2024_41942_every_way_to_become_admin_is_closed_to_who_is_none(string method, string path, string? body)
    {
        var before = await ScopesAsync(manager);
        using var answer = await host.SendAsync(method, $"/hub/api/{path}", manager, body is null ? null : Answers.Json(body));

        Assert.True((int)answer.StatusCode is 400 or 403 or 404, $"{method} {path} {body}: {(int)answer.StatusCode} {await answer.TextAsync()}");
        Assert.Equal(before, await ScopesAsync(manager));
        Assert.Equal(["chief", "root"], (await AdminsAsync()).Union(["chief"]).Order(StringComparer.Ordinal));
        using var promoted = await host.SendAsync("GET", "/hub/api/user", await host.Data.UserTokenAsync("accomplice"));
        Assert.Equal("user", string.Join(' ', (await promoted.JsonAsync())["roles"]!.AsArray().Select(role => (string)role!)));
    }

    /// <summary>The requester's flag counts, not the owner's of something else: a service with every scope there is has none.</summary>
    [Fact]
    public async Task CVE_2024_41942_all_scopes_together_are_not_the_flag()
    {
        var all = (await host.Data.ListAsync<HubRole>()).Single(role => role.Name == "admin").Scopes.ToArray();
        var service = await host.Data.ServiceTokenAsync("mighty", all);
        foreach (var (method, path, body) in new[]
        {
            ("POST", "users/made", """{"admin": true}"""), ("POST", "users", """{"usernames": ["made"], "admin": true}"""), ("PATCH", "users/accomplice", """{"admin": true}"""),
            ("PATCH", "users/root", """{"name": "former"}"""), ("PATCH", "users/accomplice", """{"name": "chief"}"""), ("POST", "services/made", """{"admin": true}"""),
        })
        {
            using var answer = await host.SendAsync(method, $"/hub/api/{path}", service, Answers.Json(body));
            Assert.True((int)answer.StatusCode is 400 or 403, $"{method} {path} {body}: {(int)answer.StatusCode} {await answer.TextAsync()}");
        }

        Assert.Equal(["root"], await AdminsAsync());
    }

    /// <summary>A token that its owner cut down to some users stays cut down, though the owner has the flag.</summary>
    [Theory]
    [InlineData("PATCH", "users/accomplice", """{"admin": true}""")]
    [InlineData("POST", "users/accomplice2", """{"admin": true}""")]
    public async Task CVE_2024_41942_an_administrators_narrow_token_makes_no_administrator(string method, string path, string body)
    {
        var narrow = await host.Data.UserTokenAsync("root", "admin:users!user=accomplice", "admin:users!user=accomplice2");
        using (var allowed = await host.SendAsync("PATCH", "/hub/api/users/accomplice", narrow, Answers.Json("""{"auth_state": {}}""")))
        {
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var answer = await host.SendAsync(method, $"/hub/api/{path}", narrow, Answers.Json(body));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(["root"], await AdminsAsync());
    }

    /// <summary>A name that the settings make an administrator's can be made a user; what is done to it before its owner comes does not outlive that.</summary>
    [Fact]
    public async Task CVE_2024_41942_a_user_made_under_an_admins_name_gives_its_maker_nothing()
    {
        using var made = await host.SendAsync("POST", "/hub/api/users/chief2", manager);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var token = await host.SendAsync("POST", "/hub/api/users/chief2/tokens", manager);
        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
    }

    private async Task<IEnumerable<string>> AdminsAsync() =>
        (await host.Data.ListAsync<Core.Users.HubUser>()).Where(user => user.Admin && user.Name != "chief").Select(user => user.Name).Order(StringComparer.Ordinal);

    private async Task<string> ScopesAsync(string token)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/user", token);
        var model = await answer.JsonAsync();
        return $"{model["admin"]} {model["name"]} {new JsonArray([.. model["scopes"]!.AsArray().Select(scope => (string)scope!).Order(StringComparer.Ordinal).Select(scope => (JsonNode)scope)]).ToJsonString()}";
    }
}
