using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Access to servers, given, seen and taken back (contract 2.10, 11).</summary>
public sealed class SharesApiTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string admin = "";
    private string owner = "";
    private string guest = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Spawner = simple => simple.Command = ["false"]);
        admin = await host.Data.UserTokenAsync("root");
        await host.Data.SpawnerAsync("owner");
        await host.Data.SpawnerAsync("owner", "lab");
        await host.Data.GrantAsync("owner", "shares!user=owner", "read:users:name", "read:groups:name", "read:servers!user=owner");
        owner = await host.Data.UserTokenAsync("owner");
        guest = await host.Data.UserTokenAsync("guest");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_share_is_given_seen_extended_and_taken_back()
    {
        var given = await BodyAsync("POST", "/shares/owner/lab", owner, """{"user": "guest"}""");
        Assert.Equal(
            """{"server":{"user":{"name":"owner"},"name":"lab","url":"/user/owner/lab/","full_url":null,"ready":false},"scopes":["access:servers!server=owner/lab"],"user":{"name":"guest"},"group":null,"kind":"user"}""",
            Without(given, "created_at"));
        var extended = await BodyAsync("POST", "/shares/owner/lab", owner, """{"user": "guest", "scopes": ["read:servers", "access:servers!server=owner/lab"]}""");
        Assert.Equal(["access:servers!server=owner/lab", "read:servers!server=owner/lab"], Texts(extended["scopes"]));
        Assert.Single(await host.Data.ListAsync<Share>());
        foreach (var (target, token) in new[]
        {
            ("/shares/owner", owner), ("/shares/owner/lab", owner), ("/users/guest/shared", guest), ("/shares/owner", admin),
        })
        {
            var page = await BodyAsync("GET", target, token);
            Assert.Equal(1, (int)page["_pagination"]!["total"]!);
            Assert.Equal(extended.ToJsonString(), page["items"]![0]!.ToJsonString());
        }

        Assert.Equal(extended.ToJsonString(), (await BodyAsync("GET", "/users/guest/shared/owner/lab", guest)).ToJsonString());
        Assert.Empty((await BodyAsync("GET", "/shares/owner/", owner))["items"]!.AsArray());

        // The names are limited to the server before they are compared: contract 11, [bug].
        var less = await BodyAsync("PATCH", "/shares/owner/lab", owner, """{"user": "guest", "scopes": ["read:servers"]}""");
        Assert.Equal(["access:servers!server=owner/lab"], Texts(less["scopes"]));
        Assert.Equal("{}", (await BodyAsync("PATCH", "/shares/owner/lab", owner, """{"user": "guest", "scopes": ["access:servers!server=owner/lab"]}""")).ToJsonString());
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Theory]
    [InlineData("""{"user": "guest"}""")]
    [InlineData("""{"user": "guest", "scopes": null}""")]
    [InlineData("""{"user": "guest", "scopes": []}""")]
    public async Task Without_scopes_all_is_taken_back(string body)
    {
        await BodyAsync("POST", "/shares/owner/", owner, """{"user": "guest", "scopes": ["read:servers", "access:servers"]}""");
        Assert.Equal("{}", (await BodyAsync("PATCH", "/shares/owner/", owner, body)).ToJsonString());
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task Nobody_is_told_that_a_name_is_unknown_when_taking_back() =>
        Assert.Equal("{}", (await BodyAsync("PATCH", "/shares/owner/", owner, """{"user": "nobody-there"}""")).ToJsonString());

    [Fact]
    public async Task What_is_shared_holds_from_the_next_request_on_and_no_longer()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.DoesNotContain("access:servers!server=owner/lab", await ScopesAsync(guest));
            await BodyAsync("POST", "/shares/owner/lab", owner, """{"user": "guest"}""");
            Assert.Contains("access:servers!server=owner/lab", await ScopesAsync(guest));
            Assert.Equal("{}", (await BodyAsync("PATCH", "/shares/owner/lab", owner, """{"user": "guest"}""")).ToJsonString());
        }

        await host.Data.GroupAsync("team");
        await BodyAsync("POST", "/shares/owner/", owner, """{"group": "team"}""");
        Assert.DoesNotContain("access:servers!server=owner/", await ScopesAsync(guest));
        await BodyAsync("POST", "/groups/team/users", admin, """{"users": ["guest"]}""");
        Assert.Contains("access:servers!server=owner/", await ScopesAsync(guest));
        Assert.Equal(1, (int)(await BodyAsync("GET", "/users/guest/shared", guest))["_pagination"]!["total"]!);
        await RefusedAsync(404, "GET", "/users/guest/shared/owner/", guest);
        Assert.Equal("group", (string)(await BodyAsync("GET", "/groups/team/shared/owner/", admin))["kind"]!);
        Assert.Equal(1, (int)(await BodyAsync("GET", "/groups/team/shared", admin))["_pagination"]!["total"]!);
        using var left = await SendAsync("DELETE", "/groups/team/shared/owner/", admin);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.DoesNotContain("access:servers!server=owner/", await ScopesAsync(guest));
    }

    [Fact]
    public async Task A_recipient_may_leave_and_the_owner_may_take_all_back()
    {
        await BodyAsync("POST", "/shares/owner/lab", owner, """{"user": "guest"}""");
        await RefusedAsync(403, "DELETE", "/shares/owner/lab", guest);
        using var left = await SendAsync("DELETE", "/users/guest/shared/owner/lab", guest);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal("No such share for user guest on owner/lab", await RefusedAsync(404, "DELETE", "/users/guest/shared/owner/lab", guest));
        foreach (var server in new[] { "lab", "" })
        {
            await BodyAsync("POST", $"/shares/owner/{server}", owner, """{"user": "guest"}""");
            await BodyAsync("POST", $"/shares/owner/{server}", owner, """{"user": "root"}""");
        }

        using var all = await SendAsync("DELETE", "/shares/owner/lab", owner);
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        Assert.Equal(0, (int)(await BodyAsync("GET", "/shares/owner/lab", owner))["_pagination"]!["total"]!);
        Assert.Equal(2, (int)(await BodyAsync("GET", "/shares/owner/", owner))["_pagination"]!["total"]!);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"user": "guest", "group": "team"}""")]
    [InlineData("""{"user": ""}""")]
    [InlineData("""{"user": null, "group": null}""")]
    [InlineData("""{"user": 5}""")]
    [InlineData("""{"user": ["guest"]}""")]
    [InlineData("""{"user": "guest", "planet": 1}""")]
    [InlineData("""{"user": "guest", "expires_in": 60}""")]
    [InlineData("""{"user": "guest", "scopes": "access:servers"}""")]
    [InlineData("""{"user": "guest", "scopes": [1]}""")]
    [InlineData("""{"user": "guest", "scopes": ["access:planets"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["access:servers!server=owner/"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["access:servers!server"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["access:servers!user=owner"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["access:servers!planet=owner"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["access:servers!"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["inherit"]}""")]
    [InlineData("""{"user": "guest", "scopes": ["self!server=owner/lab"]}""")]
    public async Task A_body_that_says_something_else_shares_nothing(string body)
    {
        foreach (var method in new[] { "POST", "PATCH" })
        {
            Assert.InRange((await RefusedAsync(400, method, "/shares/owner/lab", owner, body)).Length, 1, 300);
        }

        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Theory]
    [InlineData("servers", "admin:servers")]
    [InlineData("admin:users", "admin:server_state")]
    [InlineData("read:hub", "shutdown")]
    public async Task Nobody_gives_what_they_do_not_hold(string held, string given)
    {
        await host.Data.GrantAsync("owner", $"{held}!user=owner");
        Assert.Equal(
            $"Do not have permission to grant share with scope {given}!server=owner/lab",
            await RefusedAsync(403, "POST", "/shares/owner/lab", owner, $$"""{"user": "guest", "scopes": ["access:servers", "{{given}}"]}"""));
        Assert.Equal(
            $"Do not have permission to grant share with scope {given}!server=owner/lab",
            await RefusedAsync(403, "POST", "/share-codes/owner/lab", owner, $$"""{"scopes": ["access:servers", "{{given}}"]}"""));
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task A_token_gives_only_what_it_holds_itself()
    {
        var narrow = await host.Data.UserTokenAsync("owner", "shares!server=owner/lab");
        await RefusedAsync(404, "POST", "/shares/owner/", narrow, """{"user": "guest"}""");
        Assert.Equal("Need scope 'read:users:name' to share with users by name", await RefusedAsync(403, "POST", "/shares/owner/lab", narrow, """{"user": "guest"}"""));
        await host.Data.GroupAsync("unseen");
        Assert.Equal("Need scope 'read:groups:name' to share with groups by name", await RefusedAsync(403, "POST", "/shares/owner/lab", narrow, """{"group": "unseen"}"""));
        var wider = await host.Data.UserTokenAsync("owner", "shares!server=owner/lab", "read:users:name!user=guest");
        Assert.Equal("guest", (string)(await BodyAsync("POST", "/shares/owner/lab", wider, """{"user": "guest"}"""))["user"]!["name"]!);
        await RefusedAsync(403, "POST", "/shares/owner/lab", wider, """{"user": "root"}""");
        await RefusedAsync(403, "POST", "/shares/owner/lab", wider, """{"user": "guest", "scopes": ["read:servers"]}""");
    }

    [Fact]
    public async Task Unknown_names_are_told_to_whoever_may_know()
    {
        Assert.Equal("No such user: nobody-there", await RefusedAsync(400, "POST", "/shares/owner/lab", owner, """{"user": "nobody-there"}"""));
        Assert.Equal("No such group: nobody-there", await RefusedAsync(400, "POST", "/shares/owner/lab", owner, """{"group": "nobody-there"}"""));
        Assert.Equal("No such server: owner/none", await RefusedAsync(404, "POST", "/shares/owner/none", owner, """{"user": "guest"}"""));
        foreach (var (method, target) in new[]
        {
            ("GET", "/shares/owner/none"), ("PATCH", "/shares/owner/none"), ("DELETE", "/shares/owner/none"), ("GET", "/shares/nobody"),
            ("GET", "/share-codes/owner/none"), ("POST", "/share-codes/owner/none"), ("DELETE", "/share-codes/owner/none"), ("GET", "/share-codes/nobody"),
            ("GET", "/users/nobody/shared"), ("GET", "/groups/nobody/shared"), ("GET", "/users/guest/shared/owner/lab"), ("DELETE", "/groups/nobody/shared/owner/lab"),
        })
        {
            await RefusedAsync(404, method, target, admin, method == "PATCH" ? """{"user": "guest"}""" : null);
        }
    }

    [Fact]
    public async Task Changes_without_a_server_are_refused_to_those_who_might_make_them()
    {
        foreach (var (method, target) in new[]
        {
            ("POST", "/shares/owner"), ("PATCH", "/shares/owner"), ("DELETE", "/shares/owner"), ("POST", "/share-codes/owner"), ("DELETE", "/share-codes/owner"),
        })
        {
            await RefusedAsync(405, method, target, owner, """{"user": "guest"}""");
            await RefusedAsync(403, method, target, guest, """{"user": "guest"}""");
        }
    }

    [Theory]
    [InlineData("read:shares!user=owner", 200)]
    [InlineData("read:shares!group=owners", 200)]
    [InlineData("read:shares", 200)]
    [InlineData("read:shares!server=owner/lab", 404)]
    [InlineData("read:shares!user=guest", 404)]
    [InlineData("read:users:shares", 403)]
    public async Task The_list_of_an_owner_is_about_a_user(string scope, int status)
    {
        await host.Data.GroupAsync("owners", "owner");
        var token = await host.Data.UserTokenAsync("root", scope);
        foreach (var target in new[] { "/shares/owner", "/share-codes/owner" })
        {
            using var answer = await SendAsync("GET", target, token);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_list_comes_in_parts_without_what_has_expired()
    {
        var spawner = (await host.Data.ListAsync<HubSpawner>()).Single(row => row.Name == "lab");
        foreach (var index in Enumerable.Range(0, 5))
        {
            var user = await host.Data.UserAsync($"reader{index}");
            await host.Data.AddAsync(new Share
            {
                OwnerId = spawner.UserId, SpawnerId = spawner.Id, UserId = user.Id, Scopes = ["access:servers!server=owner/lab"],
                ExpiresAt = index == 0 ? DateTime.UtcNow.AddMinutes(-1) : null,
            });
        }

        var page = await BodyAsync("GET", "/shares/owner?offset=1&limit=2", owner);
        Assert.Equal(4, (int)page["_pagination"]!["total"]!);
        Assert.Equal(["reader2", "reader3"], page["items"]!.AsArray().Select(share => (string)share!["user"]!["name"]!));
        Assert.EndsWith("/hub/api/shares/owner?offset=3&limit=2", (string)page["_pagination"]!["next"]!["url"]!, StringComparison.Ordinal);

        // What has expired does not come back with what is given anew.
        await host.Data.GrantAsync("owner", "admin:server_state!user=owner");
        var again = await BodyAsync("POST", "/shares/owner/lab", owner, """{"user": "reader0", "scopes": ["admin:server_state"]}""");
        Assert.Equal(["admin:server_state!server=owner/lab"], Texts(again["scopes"]));
    }

    [Fact]
    public async Task Of_a_hundred_that_give_or_take_the_same_share_each_is_answered_and_one_row_stays()
    {
        var given = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await SendAsync("POST", "/shares/owner/lab", owner, """{"user": "guest"}""");
            return (int)answer.StatusCode;
        }));
        Assert.All(given, status => Assert.Equal(200, status));
        Assert.Single(await host.Data.ListAsync<Share>());
        var left = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await SendAsync("DELETE", "/users/guest/shared/owner/lab", guest);
            return (int)answer.StatusCode;
        }));
        Assert.Equal((1, 99), (left.Count(status => status == 204), left.Count(status => status == 404)));
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task Shares_and_codes_end_with_their_server_recipient_and_owner()
    {
        await host.Data.GroupAsync("team");
        foreach (var server in new[] { "", "lab" })
        {
            await BodyAsync("POST", $"/shares/owner/{server}", owner, """{"user": "guest"}""");
            await BodyAsync("POST", $"/shares/owner/{server}", owner, """{"group": "team"}""");
            await BodyAsync("POST", $"/share-codes/owner/{server}", owner);
        }

        await host.Database.WriteAsync((db, token) => db.Spawners.Where(row => row.Name == "lab").ExecuteDeleteAsync(token), default);
        Assert.Equal((2, 1), await CountAsync());
        await host.Database.WriteAsync((db, token) => db.Set<HubUser>().Where(row => row.Name == "guest").ExecuteDeleteAsync(token), default);
        Assert.Equal((1, 1), await CountAsync());
        await host.Database.WriteAsync((db, token) => db.Set<HubGroup>().ExecuteDeleteAsync(token), default);
        Assert.Equal((0, 1), await CountAsync());
        await BodyAsync("POST", "/shares/owner/", owner, """{"user": "root"}""");
        await host.Database.WriteAsync((db, token) => db.Set<HubUser>().Where(row => row.Name == "owner").ExecuteDeleteAsync(token), default);
        Assert.Equal((0, 0), await CountAsync());
    }

    private static string Without(JsonObject body, string key)
    {
        var copy = body.DeepClone().AsObject();
        Assert.Matches(@"^\d{4}-\d\d-\d\dT", (string)copy[key]!);
        copy.Remove(key);
        return copy.ToJsonString();
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(item => (string)item!);

    private async Task<(int Shares, int Codes)> CountAsync() => ((await host.Data.ListAsync<Share>()).Count, (await host.Data.ListAsync<ShareCode>()).Count);

    private async Task<List<string>> ScopesAsync(string token) => [.. Texts((await BodyAsync("GET", "/user", token))["scopes"])];

    private Task<HttpResponseMessage> SendAsync(string method, string path, string token, string? body = null) =>
        host.SendAsync(method, "/hub/api" + path, token, body is null ? null : Answers.Json(body));

    private async Task<string> RefusedAsync(int status, string method, string path, string token, string? body = null)
    {
        using var answer = await SendAsync(method, path, token, body);
        return await answer.ApiErrorAsync(status);
    }

    private async Task<JsonObject> BodyAsync(string method, string path, string token, string? body = null)
    {
        using var answer = await SendAsync(method, path, token, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path}: {(int)answer.StatusCode} {await answer.TextAsync()}");
        return await answer.JsonAsync();
    }
}
