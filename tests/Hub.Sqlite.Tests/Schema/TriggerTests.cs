using JupyterHub.Sqlite.Schema;
using JupyterHub.Testing;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite.Tests.Schema;

/// <summary>What other programs, the original first, do in a database of ours, in plain SQL as it sends it.</summary>
public sealed class TriggerTests
{
    /// <summary>An identity of the user 6, and an invitation that this user accepted.</summary>
    private const string Bound = """
        INSERT INTO hub_identities VALUES ('https://provider.example', '1', 6, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000');
        INSERT INTO share_codes (id, hashed, prefix, owner_id, spawner_id, scopes, exchange_count, created_at) VALUES (99, 'h', 'p', 2, 1, '[]', 1, '2026-01-01 00:00:00.000000');
        INSERT INTO hub_share_code_uses VALUES (1, 99, 6, '2026-01-01 00:00:00.000000')
        """;

    [Theory]
    [InlineData("INSERT INTO users (name, cookie_id) VALUES ('new', 'c')")]
    [InlineData("UPDATE users SET admin = 1 WHERE name = 'bob'")]
    [InlineData("UPDATE users SET name = 'bobby' WHERE name = 'bob'")]
    [InlineData("UPDATE users SET cookie_id = 'x' WHERE name = 'bob'")]
    [InlineData("UPDATE users SET user_info = '{}', last_activity = '2026-01-01 00:00:00.000000' WHERE name = 'bob'")]
    [InlineData("INSERT INTO groups (name, properties) VALUES ('new', '{}')")]
    [InlineData("UPDATE groups SET properties = '{}' WHERE id = 1")]
    [InlineData("DELETE FROM user_group_map WHERE user_id = 2 AND group_id = 1")]
    [InlineData("INSERT INTO user_group_map VALUES (6, 1)")]
    [InlineData("UPDATE roles SET scopes = '[]' WHERE id = 1")]
    [InlineData("INSERT INTO user_role_map VALUES (6, 2, 0)")]
    [InlineData("DELETE FROM group_role_map WHERE group_id = 1 AND role_id = 6")]
    [InlineData("INSERT INTO service_role_map VALUES (2, 2, 0)")]
    [InlineData("UPDATE api_tokens SET scopes = '[]' WHERE id = 1")]
    [InlineData("UPDATE api_tokens SET expires_at = '2026-01-01 00:00:00.000000' WHERE id = 1")]
    [InlineData("DELETE FROM api_tokens WHERE id = 1")]
    [InlineData("UPDATE services SET admin = 1 WHERE id = 1")]
    [InlineData("UPDATE spawners SET server_id = NULL WHERE id = 1")]
    [InlineData("UPDATE spawners SET started = NULL, last_activity = NULL WHERE id = 1")]
    [InlineData("INSERT INTO servers (proto, ip, port, base_url, cookie_name) VALUES ('http', '', 1, '/', 'cookie')")]
    [InlineData("UPDATE servers SET port = 5 WHERE id = 1")]
    [InlineData("UPDATE oauth_clients SET allowed_scopes = '[]' WHERE id = 1")]
    [InlineData("DELETE FROM shares WHERE id = 1")]
    [InlineData("INSERT INTO hub_role_origins VALUES (1, 'api', NULL, '2026-01-01 00:00:00.000000', NULL)")]
    [InlineData("INSERT INTO hub_revoked_logins VALUES ('d', '2026-01-01 00:00:00.000000')")]
    [InlineData("INSERT INTO hub_shared_passwords VALUES ('user', 'h', '2026-01-01 00:00:00.000000')")]
    public async Task A_relevant_write_counts_once(string sql)
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect();
        var before = connection.ReadChangeVersion();

        connection.Execute(sql);

        Assert.Equal(before + 1, connection.ReadChangeVersion());
    }

    [Theory]
    [InlineData("UPDATE users SET last_activity = '2026-01-01 00:00:00.000000'")]
    [InlineData("UPDATE users SET encrypted_auth_state = x'00'")]
    [InlineData("UPDATE spawners SET last_activity = '2026-01-01 00:00:00.000000'")]
    [InlineData("UPDATE api_tokens SET last_activity = '2026-01-01 00:00:00.000000'")]
    [InlineData("DELETE FROM oauth_codes")]
    [InlineData("INSERT INTO hub_instances VALUES ('i', 'h', 'b', 1, 1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')")]
    public async Task Activity_does_not_count(string sql)
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect();
        var before = connection.ReadChangeVersion();

        connection.Execute(sql);

        Assert.Equal(before, connection.ReadChangeVersion());
    }

    [Fact]
    public async Task What_a_deleted_user_takes_along_counts_too_and_a_rollback_takes_it_back()
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect();
        var before = connection.ReadChangeVersion();

        connection.Execute("BEGIN");
        connection.Execute("DELETE FROM users WHERE name = 'bob'");
        var during = connection.ReadChangeVersion();
        connection.Execute("ROLLBACK");

        // The user, two groups, one role, tokens, two spawners, shares.
        Assert.True(during > before + 10, $"{during - before} changes");
        Assert.Equal(before, connection.ReadChangeVersion());
    }

    [Fact]
    public async Task A_writer_sees_its_own_row_id_and_count_not_those_of_the_triggers()
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect();

        connection.Execute("INSERT INTO groups (id, name) VALUES (41, 'new')");
        Assert.Equal((41, 1), connection.Query("SELECT last_insert_rowid(), changes()", row => (row.GetInt32(0), row.GetInt32(1)))[0]);
        Assert.Equal([42], connection.Query("INSERT INTO groups (id, name) VALUES (42, 'newer') RETURNING id", row => row.GetInt32(0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_gets_the_id_of_a_deleted_one_has_no_owner(bool foreignKeys)
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect(foreignKeys);
        connection.Execute("INSERT INTO hub_instances VALUES ('i', 'h', 'b', 1, 1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')");
        connection.Execute("INSERT INTO hub_server_leases VALUES (5, 'i', '2026-01-01 00:00:00.000000')");

        connection.Execute("DELETE FROM spawners WHERE id = 5");
        connection.Execute("INSERT INTO spawners (user_id, name) VALUES (6, '')");

        Assert.Equal([5], connection.Query("SELECT max(id) FROM spawners", row => row.GetInt32(0)));
        Assert.Empty(connection.Query("SELECT * FROM hub_server_leases", row => row.GetInt32(0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_role_or_assignment_that_gets_the_ids_of_a_deleted_one_has_neither_its_origin_nor_its_end(bool foreignKeys)
    {
        const string Origin = "'api', 'user ada', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'";
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect(foreignKeys);
        connection.Execute("INSERT INTO roles (id, name, scopes, managed_by_auth) VALUES (99, 'ended', '[]', 0); INSERT INTO user_role_map VALUES (6, 99, 0); INSERT INTO group_role_map VALUES (1, 99, 0); INSERT INTO service_role_map VALUES (1, 99, 0)");
        connection.Execute($"INSERT INTO hub_role_origins VALUES (99, {Origin}); INSERT INTO hub_user_role_origins VALUES (6, 99, {Origin}); INSERT INTO hub_group_role_origins VALUES (1, 99, {Origin}); INSERT INTO hub_service_role_origins VALUES (1, 99, {Origin})");

        connection.Execute("DELETE FROM user_role_map WHERE role_id = 99; DELETE FROM group_role_map WHERE role_id = 99; DELETE FROM service_role_map WHERE role_id = 99; DELETE FROM roles WHERE id = 99");

        foreach (var table in new[] { "hub_role_origins", "hub_user_role_origins", "hub_group_role_origins", "hub_service_role_origins" })
        {
            Assert.Empty(connection.Query($"SELECT role_id FROM {table}", row => row.GetInt32(0)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_who_gets_the_id_of_a_deleted_one_has_neither_their_identities_nor_their_invitations(bool foreignKeys)
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect(foreignKeys);
        connection.Execute(Bound);

        connection.Execute("DELETE FROM users WHERE id = 6");

        Assert.Empty(connection.Query("SELECT user_id FROM hub_identities UNION ALL SELECT user_id FROM hub_share_code_uses", row => row.GetInt32(0)));
    }

    [Fact]
    public async Task What_was_bound_to_a_user_who_went_while_the_triggers_were_gone_is_nobodys_at_the_next_start()
    {
        await using var database = await OpenRecordedAsync();
        await database.CloseAsync();
        using (var connection = database.Connect(foreignKeys: false))
        {
            connection.Execute(Bound);
            connection.Execute("DROP TRIGGER hub_users_release; DROP TRIGGER hub_share_codes_release; DELETE FROM users WHERE id = 6");
        }

        await using var hub = database.NewHub();
        await hub.OpenAsync(CancellationToken.None);
        using var after = database.Connect();
        Assert.Empty(after.Query("SELECT user_id FROM hub_identities UNION ALL SELECT user_id FROM hub_share_code_uses", row => row.GetInt32(0)));
    }

    [Fact]
    public async Task What_was_left_behind_while_the_triggers_were_gone_is_removed_at_the_next_start()
    {
        await using var database = await OpenRecordedAsync();
        await database.CloseAsync();
        using (var connection = database.Connect(foreignKeys: false))
        {
            connection.Execute("INSERT INTO hub_role_origins VALUES (99, 'api', NULL, '2026-01-01 00:00:00.000000', NULL); INSERT INTO hub_user_role_origins VALUES (99, 1, 'api', NULL, '2026-01-01 00:00:00.000000', NULL); UPDATE hub_schema SET version = 1");
        }

        await using var hub = database.NewHub();
        await hub.OpenAsync(CancellationToken.None);
        using var after = database.Connect();
        Assert.Empty(after.Query("SELECT role_id FROM hub_role_origins UNION ALL SELECT role_id FROM hub_user_role_origins", row => row.GetInt32(0)));
        Assert.Equal([SchemaScript.HubVersion], after.Query("SELECT version FROM hub_schema", row => row.GetInt32(0)));
    }

    [Fact]
    public async Task A_heartbeat_does_not_count_and_a_change_of_owner_does()
    {
        await using var database = await OpenRecordedAsync();
        using var connection = database.Connect();
        connection.Execute("INSERT INTO hub_instances VALUES ('i', 'h', 'b', 1, 1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'), ('j', 'h', 'b', 1, 1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')");
        var before = connection.ReadChangeVersion();

        connection.Execute("INSERT INTO hub_server_leases VALUES (1, 'i', '2026-01-01 00:00:00.000000')");
        connection.Execute("UPDATE hub_server_leases SET expires_at = '2027-01-01 00:00:00.000000'");
        connection.Execute("UPDATE hub_instances SET expires_at = '2027-01-01 00:00:00.000000'");
        Assert.Equal(before + 1, connection.ReadChangeVersion());

        connection.Execute("UPDATE hub_server_leases SET instance_id = 'j'");
        Assert.Equal(before + 2, connection.ReadChangeVersion());

        connection.Execute("DELETE FROM hub_instances WHERE id = 'j'");
        Assert.Equal(before + 3, connection.ReadChangeVersion());
    }

    private static async Task<TestDatabase> OpenRecordedAsync()
    {
        var database = TestDatabase.CopyOf("6.0.0b2");
        await database.Hub.OpenAsync(CancellationToken.None);
        return database;
    }
}
