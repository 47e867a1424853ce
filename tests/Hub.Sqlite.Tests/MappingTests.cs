using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Sqlite.Schema;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Sqlite.Tests;

public sealed class MappingTests
{
    [Fact]
    public async Task Every_column_of_the_original_is_mapped_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        var mapped = await database.Hub.ReadAsync(
            (context, _) => Task.FromResult(context.Model.GetEntityTypes().ToDictionary(
                entity => entity.GetTableName()!,
                entity => entity.GetProperties().Select(property => property.GetColumnName()).Order(StringComparer.Ordinal).ToList())),
            CancellationToken.None);

        using var connection = database.Connect();
        var tables = connection.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0)).Except(["alembic_version", "hub_schema", "hub_changes"]);
        Assert.Equal(tables.Order(StringComparer.Ordinal), mapped.Keys.Order(StringComparer.Ordinal));
        Assert.All(mapped, table => Assert.Equal(ExpectedColumns.Read(connection, table.Key).Order(StringComparer.Ordinal), table.Value));
    }

    [Fact]
    public async Task Foreign_keys_are_those_of_the_database_with_what_they_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        var mapped = await database.Hub.ReadAsync(
            (context, _) => Task.FromResult(context.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys().SelectMany(key =>
                key.Properties.Zip(key.PrincipalKey.Properties, (from, to) =>
                    $"{entity.GetTableName()}.{from.GetColumnName()} -> {key.PrincipalEntityType.GetTableName()}.{to.GetColumnName()} {(key.DeleteBehavior == DeleteBehavior.SetNull ? "SET NULL" : key.DeleteBehavior.ToString().ToUpperInvariant())}"))).Order(StringComparer.Ordinal).ToList()),
            CancellationToken.None);

        using var connection = database.Connect();
        var keys = connection.Query(
            "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" || ' ' || f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
            row => row.GetString(0)).Order(StringComparer.Ordinal);
        Assert.Equal(keys, mapped);
    }

    [Fact]
    public async Task The_recorded_rows_read_as_what_they_are()
    {
        await using var database = TestDatabase.CopyOf("6.0.0b2");
        await database.Hub.OpenAsync(CancellationToken.None);

        var users = (await database.ListAsync<HubUser>()).ToDictionary(user => user.Name);
        Assert.True(users["alice"].Admin);
        Assert.Equal(new DateTime(2026, 8, 8, 19, 0, 0, DateTimeKind.Utc).AddMicroseconds(123456), users["alice"].LastActivity);
        Assert.Equal(DateTimeKind.Utc, users["alice"].LastActivity!.Value.Kind);
        Assert.Equal("""{"legacy": true}""", users["alice"].LegacyState);
        Assert.NotEmpty(users["alice"].EncryptedAuthState!);
        Assert.Equal("é", users["bob"].UserInfo!["nested"]!["a"]![2]!.GetValue<string>());
        Assert.Null(users["dave"].Created);
        Assert.Null(users["zoë"].UserInfo);

        var spawner = (await database.ListAsync<HubSpawner>()).Single(row => row.Name == "gpu box");
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"image": {"__jupyterhub_bytes__": true, "data": "AAH+/3BuZw==\n"}, "profile": ["large"], "note": "naïve"}"""),
            spawner.UserOptions));
        Assert.Equal("Bob’s GPU box", spawner.DisplayName);

        var services = (await database.ListAsync<HubService>()).ToDictionary(service => service.Name);
        Assert.Equal(["python3", "-m", "jupyterhub_idle_culler", "--timeout=3600"], services["culler"].Command);
        Assert.Empty(services["culler"].OAuthClientAllowedScopes);
        Assert.Null(services["announcement"].Command);
        Assert.Equal(1, services["announcement"].ServerId);
        Assert.Equal(45, services["announcement"].Timeout);
        Assert.Equal(4070908800, (await database.ListAsync<OAuthCode>())[0].ExpiresAt);
        Assert.Equal(4, (await database.ListAsync<Share>()).Count);
    }

    [Fact]
    public async Task Saving_rows_that_were_only_read_writes_nothing()
    {
        await using var database = TestDatabase.CopyOf("6.0.0b2");
        await database.Hub.OpenAsync(CancellationToken.None);
        using (var connection = database.Connect())
        {
            connection.Execute("UPDATE api_tokens SET scopes = NULL WHERE id = 1");
            connection.Execute("UPDATE groups SET properties = 'no json' WHERE id = 1");
        }

        var changed = await database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                await context.Users.Include(user => user.Spawners).ThenInclude(spawner => spawner.Server).LoadAsync(cancel);
                await context.Users.Include(user => user.Groups).Include(user => user.Roles).LoadAsync(cancel);
                await context.Groups.LoadAsync(cancel);
                await context.Roles.LoadAsync(cancel);
                await context.Services.LoadAsync(cancel);
                await context.Tokens.LoadAsync(cancel);
                await context.OAuthClients.LoadAsync(cancel);
                await context.OAuthCodes.LoadAsync(cancel);
                return context.ChangeTracker.Entries().Count(entry => entry.State != EntityState.Unchanged);
            },
            CancellationToken.None);

        Assert.Equal(0, changed);
        using var after = database.Connect();
        Assert.Equal(["no json"], after.Query("SELECT properties FROM groups WHERE id = 1", row => row.GetString(0)));
    }

    [Fact]
    public async Task Values_are_stored_as_the_original_writes_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada", admin: true);
        await database.Hub.WriteAsync(
            async (context, cancel) =>
            {
                var row = await context.Users.SingleAsync(cancel);
                row.LastActivity = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1_234_567);
                row.Created = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);
            },
            CancellationToken.None);
        await database.AddRoleAsync("r", "b", "a", "b");
        await database.AddAsync(new HubService { Name = "s", Command = ["z", "a", "z"] });

        using var connection = database.Connect();
        Assert.Equal(
            ("2026-02-03 04:05:06.123456", "2026-02-03 04:05:06.000000", 1),
            connection.Query("SELECT last_activity, created, admin FROM users", row => (row.GetString(0), row.GetString(1), row.GetInt32(2)))[0]);
        Assert.Equal("""["a","b"]""", connection.Query("SELECT scopes FROM roles", row => row.GetString(0))[0]);
        Assert.Equal("""["z","a","z"]""", connection.Query("SELECT command FROM services", row => row.GetString(0))[0]);
        Assert.Equal("text", connection.Query("SELECT typeof(last_activity) FROM users", row => row.GetString(0))[0]);
        Assert.Equal(user.Id, connection.Query("SELECT id FROM users", row => row.GetInt32(0))[0]);
    }

    [Theory]
    [InlineData("2026-02-03 04:05:06", 0)]
    [InlineData("2026-02-03 04:05:06.5", 500_000)]
    [InlineData("2026-02-03 04:05:06.000001", 1)]
    public async Task Times_that_others_wrote_more_briefly_are_read(string text, int microseconds)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var connection = database.Connect();
        connection.Execute($"INSERT INTO users (name, admin, cookie_id, created) VALUES ('ada', 0, 'c', '{text}')");

        Assert.Equal(new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddMicroseconds(microseconds), (await database.ListAsync<HubUser>())[0].Created);
    }

    [Fact]
    public async Task A_time_that_cannot_be_read_is_an_error_and_not_never()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");
        await database.AddTokenAsync(user);
        using var connection = database.Connect();
        connection.Execute("UPDATE api_tokens SET expires_at = 'soon'");

        await Assert.ThrowsAsync<InvalidDataException>(() => database.ListAsync<HubToken>());
    }

    [Fact]
    public async Task Times_are_compared_in_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var moment = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        foreach (var microseconds in new[] { -1, 0, 1, 100_000, 999_999 })
        {
            await database.AddAsync(new Core.Authentication.RevokedLogin { Digest = $"{microseconds}", ExpiresAt = moment.AddMicroseconds(microseconds) });
        }

        var found = await database.Hub.ReadAsync(
            async (context, cancel) => (
                await context.RevokedLogins.CountAsync(row => row.ExpiresAt >= moment, cancel),
                await context.RevokedLogins.CountAsync(row => row.ExpiresAt < moment.AddTicks(9), cancel),
                await context.RevokedLogins.MaxAsync(row => row.ExpiresAt, cancel),
                await context.RevokedLogins.OrderBy(row => row.ExpiresAt).Select(row => row.Digest).FirstAsync(cancel)),
            CancellationToken.None);

        Assert.Equal((4, 1, moment.AddMicroseconds(999_999), "-1"), found);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("""{"a": "\ud800"}""")]
    public async Task Damaged_json_reads_as_nothing_and_does_not_spoil_a_listing(string text)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddUserAsync("ada");
        await database.AddUserAsync("bob");
        await database.AddRoleAsync("r", "self");
        using (var connection = database.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE users SET user_info = $text WHERE name = 'ada'; UPDATE roles SET scopes = $text";
            command.Parameters.AddWithValue("$text", text);
            command.ExecuteNonQuery();
        }

        Assert.Equal(2, (await database.ListAsync<HubUser>()).Count);
        Assert.All(await database.ListAsync<HubUser>(), user => Assert.Null(user.UserInfo));
        Assert.Empty((await database.ListAsync<Core.Roles.HubRole>())[0].Scopes);
    }

    [Fact]
    public async Task One_save_can_hold_a_client_its_token_and_its_server()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Hub.WriteAsync(
            (context, _) =>
            {
                var user = new HubUser { Name = "ada", CookieId = "c" };
                context.Add(new HubToken { User = user, Hashed = "h", Prefix = "h", ClientId = "jupyterhub-user-ada" });
                context.Add(new HubSpawner { User = user, Name = "", Server = new HubServer { Port = 1 }, OAuthClientId = "jupyterhub-user-ada" });
                context.Add(new OAuthClient { Identifier = "jupyterhub-user-ada" });
                return Task.CompletedTask;
            },
            CancellationToken.None);

        var spawner = Assert.Single(await database.ListAsync<HubSpawner>());
        Assert.NotNull(spawner.ServerId);

        await database.Hub.WriteAsync(async (context, cancel) => context.Remove(await context.OAuthClients.SingleAsync(cancel)), CancellationToken.None);
        Assert.Null(Assert.Single(await database.ListAsync<HubSpawner>()).OAuthClientId);
        Assert.Empty(await database.ListAsync<HubToken>());

        await database.Hub.WriteAsync(async (context, cancel) => context.Remove(await context.Users.SingleAsync(cancel)), CancellationToken.None);
        Assert.Empty(await database.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task A_user_has_a_server_of_one_name_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var user = await database.AddUserAsync("ada");
        await database.AddSpawnerAsync(user, "x");

        await Assert.ThrowsAsync<DbUpdateException>(() => database.AddSpawnerAsync(user, "x"));
    }
}
