using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Shares;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>
/// Whatever the hub keeps in memory to decide faster: a write of its own is seen by the next request, one of another process soon.
/// (That "soon" is a second is asserted with a clock of its own where the database is polled.)
/// </summary>
public sealed class FreshnessTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string token = null!;
    private HubBrowser browser = null!;

    /// <summary>What is written, and whether what was possible before, or what was not, is the other way round then.</summary>
    public static TheoryData<string, string, string, bool> Writes => new()
    {
        { "a role is given", "sees grace", "INSERT INTO user_role_map (user_id, role_id, managed_by_auth) SELECT u.id, r.id, 0 FROM users u, roles r WHERE u.name = 'ada' AND r.name = 'reader'", true },
        { "a role is taken", "lists", "DELETE FROM user_role_map WHERE role_id = (SELECT id FROM roles WHERE name = 'lister')", false },
        { "a role gains a scope", "sees grace", "UPDATE roles SET scopes = '[\"list:services\", \"read:users\"]' WHERE name = 'lister'", true },
        { "a role loses its scopes", "lists", "UPDATE roles SET scopes = '[]' WHERE name = 'lister'", false },
        { "a role is deleted", "lists", "DELETE FROM roles WHERE name = 'lister'", false },
        { "another joins a group that one may read", "sees grace", "INSERT INTO user_group_map (user_id, group_id) SELECT u.id, g.id FROM users u, groups g WHERE u.name = 'grace' AND g.name = 'read-by-ada'", true },
        { "another leaves a group that one may read", "sees edsger", "DELETE FROM user_group_map WHERE user_id = (SELECT id FROM users WHERE name = 'edsger')", false },
        { "one joins a group with a role", "sees grace", "INSERT INTO user_group_map (user_id, group_id) SELECT u.id, g.id FROM users u, groups g WHERE u.name = 'ada' AND g.name = 'readers'", true },
        { "a group is deleted", "sees edsger", "DELETE FROM groups WHERE name = 'read-by-ada'", false },
        { "a server is shared", "visits lab", "INSERT INTO shares (created_at, owner_id, spawner_id, user_id, scopes) SELECT '2026-01-01 00:00:00.000000', s.user_id, s.id, u.id, '[\"access:servers!server=grace/lab\"]' FROM spawners s, users u WHERE s.name = 'lab' AND u.name = 'ada'", true },
        { "a share is revoked", "visits hall", "DELETE FROM shares", false },
        { "a share expires by another's hand", "visits hall", "UPDATE shares SET expires_at = '2020-01-01 00:00:00.000000'", false },
        { "a token is deleted", "is known", "DELETE FROM api_tokens", false },
        { "a token loses its scopes", "lists", "UPDATE api_tokens SET scopes = '[]'", false },
        { "a token expires by another's hand", "is known", "UPDATE api_tokens SET expires_at = '2020-01-01 00:00:00.000000'", false },
        { "a token's value is replaced", "is known", "UPDATE api_tokens SET hashed = 'sha512:1:0123456789abcdef:00'", false },
        { "a user is deleted", "is known", "DELETE FROM users WHERE name = 'ada'", false },
        { "a user is deleted who is signed in", "is signed in", "DELETE FROM users WHERE name = 'ada'", false },
        { "a user is signed out everywhere", "is signed in", "UPDATE users SET cookie_id = 'another' WHERE name = 'ada'", false },
    };

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        token = await host.Data.UserTokenAsync("ada");
        browser = await host.SignInAsync("ada");
        await host.Data.GroupAsync("read-by-ada", "edsger");
        var readers = await host.Data.GroupAsync("readers");
        var reader = await host.Data.AddAsync(new HubRole { Name = "reader", Scopes = ["read:users"] });
        await host.Data.AddAsync(new GroupRole { GroupId = readers.Id, RoleId = reader.Id });
        await host.Data.GrantAsync("ada", "read:users!group=read-by-ada");
        var ada = await host.Data.UserAsync("ada");
        var lister = await host.Data.AddAsync(new HubRole { Name = "lister", Scopes = ["list:services"] });
        await host.Data.AddAsync(new UserRole { UserId = ada.Id, RoleId = lister.Id });
        await host.Data.SpawnerAsync("grace", "lab");
        var hall = await host.Data.SpawnerAsync("grace", "hall");
        await host.Data.AddAsync(new Share { OwnerId = hall.UserId, SpawnerId = hall.Id, UserId = ada.Id, Scopes = ["access:servers!server=grace/hall"] });
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task An_own_write_is_seen_by_the_next_request(string what, string question, string statement, bool after)
    {
        Assert.Equal(!after, await AskAsync(question));

        await host.Database.WriteAsync((db, cancel) => db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal), cancel), default);

        Assert.True(after == await AskAsync(question), what);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_of_another_process_is_seen_soon(string what, string question, string statement, bool after)
    {
        Assert.Equal(!after, await AskAsync(question));

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "data", "hub.sqlite")};Pooling=False;Foreign Keys=True"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = statement;
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        }

        await Eventually.TrueAsync(what, async () => await AskAsync(question) == after);
    }

    [Fact]
    public async Task Activity_of_another_process_is_shown_soon()
    {
        Assert.True(await AskAsync("is known"));
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "data", "hub.sqlite")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "UPDATE users SET last_activity = '2099-01-01 00:00:00.000000' WHERE name = 'ada'";
            await command.ExecuteNonQueryAsync();
        }

        await Eventually.TrueAsync("the later time", async () => (string?)(await SelfAsync())?["last_activity"] == "2099-01-01T00:00:00Z");
    }

    private async Task<bool> AskAsync(string question) => question switch
    {
        "is known" => await SelfAsync() is not null,
        "is signed in" => await SignedInAsync(),
        "lists" => await HoldsAsync("list:services"),
        "visits lab" => await HoldsAsync("access:servers!server=grace/lab"),
        "visits hall" => await HoldsAsync("access:servers!server=grace/hall"),
        _ => await SeesAsync(question.Split(' ')[1]),
    };

    private async Task<bool> HoldsAsync(string scope) => (await SelfAsync())?["scopes"]!.AsArray().Any(held => (string?)held == scope) == true;

    private async Task<JsonNode?> SelfAsync()
    {
        using var answer = await host.SendAsync("GET", "/hub/api/user", token);
        return answer.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : Refused(answer);
    }

    private async Task<bool> SeesAsync(string name)
    {
        using var answer = await host.SendAsync("GET", $"/hub/api/users/{name}", token);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{answer.StatusCode}");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task<bool> SignedInAsync()
    {
        using var answer = await browser.Copy().GetAsync("/hub/api/user");
        return answer.StatusCode == HttpStatusCode.OK || Refused(answer) is not null;
    }

    private static JsonNode? Refused(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        return null;
    }
}
