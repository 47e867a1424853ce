using System.Runtime.Versioning;
using System.Security.Cryptography;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Sqlite.Tests.Schema;

[UnsupportedOSPlatform("windows")]
public sealed class OpenRulesTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("6.0.0b2")]
    [InlineData("6.0.0b2.upgraded-6.0.0b2")]
    [InlineData("5.5.1.upgraded-6.0.0b2")]
    [InlineData("3.0.0.upgraded-6.0.0b2")]
    [InlineData("1.5.1.upgraded-6.0.0b2")]
    public async Task A_database_of_the_right_revision_opens_in_place_and_every_row_can_be_read(string recorded)
    {
        await using var database = TestDatabase.CopyOf(recorded);
        Dictionary<string, string> before;
        using (var connection = database.Connect())
        {
            before = Rows(connection);
        }

        await database.Hub.OpenAsync(CancellationToken.None);

        Assert.Equal(6, (await database.ListAsync<Core.Users.HubUser>()).Count);
        await database.Hub.ReadAsync(
            async (context, cancel) =>
            {
                await context.Users.Include(user => user.Roles).Include(user => user.Groups).Include(user => user.Spawners).ThenInclude(spawner => spawner.Server).ToListAsync(cancel);
                await context.Groups.Include(group => group.Roles).Include(group => group.Members).ToListAsync(cancel);
                await context.Services.Include(service => service.Roles).Include(service => service.Server).ToListAsync(cancel);
                await context.Roles.ToListAsync(cancel);
                await context.Tokens.ToListAsync(cancel);
                await context.OAuthClients.ToListAsync(cancel);
                await context.OAuthCodes.ToListAsync(cancel);
                await context.Shares.ToListAsync(cancel);
                await context.ShareCodes.ToListAsync(cancel);
                return true;
            },
            CancellationToken.None);
        using var after = database.Connect();
        var rows = Rows(after);
        Assert.All(before, table => Assert.Equal(table.Value, rows[table.Key]));
        Assert.Equal(16, rows.Count);
        Assert.Equal(["ok"], after.Query("PRAGMA integrity_check", row => row.GetString(0)));
        Assert.Empty(after.Query("PRAGMA foreign_key_check", row => row.GetString(0)));
    }

    [Fact]
    public async Task Tables_that_an_upgrade_left_out_are_created_as_the_original_does()
    {
        await using var database = TestDatabase.CopyOf("1.5.1.upgraded-6.0.0b2");
        await database.Hub.OpenAsync(CancellationToken.None);

        using var connection = database.Connect();
        var recorded = RecordedSchema.Load();
        foreach (var table in new[] { "api_tokens", "roles", "user_role_map", "group_role_map", "service_role_map", "shares", "share_codes" })
        {
            Assert.Equal(RecordedSchema.Describe(recorded[table]!), RecordedSchema.Describe(connection, table));
        }
    }

    [Theory]
    [InlineData("1.5.1", "4dc2d5a8c53c")]
    [InlineData("3.0.0", "651f5419b74d")]
    [InlineData("5.5.1", "4621fec11365")]
    public async Task Another_revision_is_refused_and_nothing_is_touched(string recorded, string revision)
    {
        var path = folder.Combine("hub.sqlite");
        File.Copy(Repository.Data("databases", recorded + ".sqlite"), path);

        var message = await RefusedUntouchedAsync(path);

        Assert.Contains(revision, message, StringComparison.Ordinal);
        Assert.Contains("f460b0348206", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_revision_in_a_write_ahead_log_that_a_crash_left_is_refused_and_nothing_is_touched()
    {
        var made = folder.Combine("made.sqlite");
        var path = folder.Combine("hub.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), made);
        using (var connection = new SqliteConnection($"Data Source={made};Pooling=False"))
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("UPDATE alembic_version SET version_num = 'fffffffffff1'");

            // While it is open the log holds the change; a copy of the files is what a crash leaves.
            File.Copy(made, path);
            File.Copy(made + "-wal", path + "-wal");
            File.Copy(made + "-shm", path + "-shm");
        }

        var log = Digest(path + "-wal");
        var message = await RefusedUntouchedAsync(path);

        Assert.Contains("fffffffffff1", message, StringComparison.Ordinal);
        Assert.Equal(log, Digest(path + "-wal"));
    }

    [Fact]
    public async Task Another_revision_that_keeps_a_write_ahead_log_is_refused_and_nothing_is_touched()
    {
        var path = folder.Combine("a name? 100% & ünïque#.sqlite");
        File.Copy(Repository.Data("databases", "5.5.1.sqlite"), path);
        Make(path, "PRAGMA journal_mode = WAL");
        Assert.Single(Directory.GetFiles(folder.Path));

        await RefusedUntouchedAsync(path);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_nothing_is_touched()
    {
        var path = folder.Combine("hub.sqlite");
        Make(path, "CREATE TABLE photos (id INTEGER PRIMARY KEY)");

        Assert.Contains("photos", await RefusedUntouchedAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is a text file that somebody named by mistake")]
    [InlineData("short")]
    [InlineData("SQLite format 3\0 but nothing that follows makes sense, whatever it may be")]
    public async Task What_is_no_database_is_refused_and_nothing_is_touched(string content)
    {
        var path = folder.Combine("hub.sqlite");
        await File.WriteAllTextAsync(path, content);

        await RefusedUntouchedAsync(path);
    }

    [Fact]
    public async Task No_revision_or_several_are_refused()
    {
        var none = folder.Combine("none.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), none);
        Make(none, "DELETE FROM alembic_version");
        var two = folder.Combine("two.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), two);
        Make(two, "INSERT INTO alembic_version VALUES ('f460b034820')");

        Assert.Contains("revision none", await RefusedUntouchedAsync(none), StringComparison.Ordinal);
        Assert.Contains("f460b034820", await RefusedUntouchedAsync(two), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_a_missing_name_and_a_doubled_server_are_refused_by_name()
    {
        Assert.Contains("table users lacks user_info", await RefusedAfterAsync("a", "ALTER TABLE users DROP COLUMN user_info"), StringComparison.Ordinal);
        Assert.Contains("table groups has no name in the row with id 2", await RefusedAfterAsync("b", "UPDATE groups SET name = NULL WHERE id = 2"), StringComparison.Ordinal);
        Assert.Contains(
            "user_id 2, name 'gpu box' in the rows with id 3, 77",
            await RefusedAfterAsync("c", "INSERT INTO spawners (id, user_id, name) VALUES (77, 2, 'gpu box')"),
            StringComparison.Ordinal);
        Assert.Contains("newer version", await RefusedAfterAsync("d", "CREATE TABLE hub_schema (version INTEGER NOT NULL); INSERT INTO hub_schema VALUES (4)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_holds_no_line_break_from_the_database()
    {
        var message = await RefusedAfterAsync("a", "UPDATE alembic_version SET version_num = 'x' || char(10) || char(27) || 'y'");

        Assert.Contains("revision x??y", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_database_is_refused_with_the_reason()
    {
        var path = folder.Combine("hub.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), path);
        using var other = new SqliteConnection($"Data Source={path};Pooling=False");
        other.Open();
        other.Execute("BEGIN EXCLUSIVE");

        var exception = await Assert.ThrowsAsync<HubStartupException>(() => OpenAsync($"Data Source={path};Default Timeout=1"));

        Assert.Contains("locked by another program", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_becomes_a_database_and_an_empty_database_too()
    {
        var file = folder.Combine("file.sqlite");
        await File.WriteAllBytesAsync(file, []);
        var database = folder.Combine("database.sqlite");
        Make(database, "CREATE TABLE t (a); DROP TABLE t; VACUUM");
        Assert.NotEqual(0, new FileInfo(database).Length);

        await OpenAsync($"Data Source={file}");
        await OpenAsync($"Data Source={database}");

        foreach (var path in new[] { file, database })
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            Assert.Equal(["f460b0348206"], connection.Query("SELECT version_num FROM alembic_version", row => row.GetString(0)));
        }
    }

    [Fact]
    public async Task A_new_database_and_its_logs_can_be_read_by_the_owner_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddUserAsync("ada");

        foreach (var path in new[] { database.Path, database.Path + "-wal", database.Path + "-shm" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task After_a_clean_stop_one_file_is_left_as_the_original_leaves_it()
    {
        var path = folder.Combine("hub.sqlite");

        await OpenAsync($"Data Source={path}");

        Assert.Equal([path], Directory.GetFiles(folder.Path));
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal(["delete"], connection.Query("PRAGMA journal_mode", row => row.GetString(0)));
    }

    [Fact]
    public async Task What_was_committed_before_a_crash_is_there_afterwards()
    {
        var path = folder.Combine("hub.sqlite");
        await using (var database = await TestDatabase.CreateAsync())
        {
            await database.AddUserAsync("ada");

            // What the disk holds while it runs is what a killed process leaves.
            File.Copy(database.Path, path);
            File.Copy(database.Path + "-wal", path + "-wal");
            File.Copy(database.Path + "-shm", path + "-shm");
        }

        await OpenAsync($"Data Source={path}");

        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal(["ada"], connection.Query("SELECT name FROM users", row => row.GetString(0)));
    }

    [Fact]
    public async Task Half_a_write_that_the_original_left_when_it_was_killed_is_taken_back()
    {
        var made = folder.Combine("made.sqlite");
        var path = folder.Combine("hub.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), made);
        using (var original = new SqliteConnection($"Data Source={made};Pooling=False"))
        {
            original.Open();
            original.Execute("PRAGMA cache_size = 1; BEGIN; UPDATE users SET name = 'half ' || id; UPDATE api_tokens SET note = hex(zeroblob(5000))");
            File.Copy(made, path);
            File.Copy(made + "-journal", path + "-journal");
        }

        Assert.NotEqual(Digest(Repository.Data("databases", "6.0.0b2.sqlite")), Digest(path));

        await OpenAsync($"Data Source={path}");

        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal(["alice"], connection.Query("SELECT name FROM users WHERE id = 1", row => row.GetString(0)));
    }

    [Fact]
    public async Task Opening_again_writes_nothing()
    {
        var path = folder.Combine("hub.sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), path);
        await OpenAsync($"Data Source={path}");
        var schema = Schema(path);

        await OpenAsync($"Data Source={path}");

        Assert.Equal(schema, Schema(path));
    }

    [Fact]
    public async Task Two_hubs_that_create_the_database_at_once_agree()
    {
        var path = folder.Combine("hub.sqlite");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => OpenAsync($"Data Source={path}"))));

        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal(1, connection.Query("SELECT count(*) FROM alembic_version", row => row.GetInt32(0))[0]);
        Assert.Equal(1, connection.Query("SELECT count(*) FROM hub_changes", row => row.GetInt32(0))[0]);
    }

    [Fact]
    public async Task A_file_that_cannot_be_is_refused_with_the_reason()
    {
        Assert.Contains("is a folder", (await Assert.ThrowsAsync<HubStartupException>(() => OpenAsync($"Data Source={folder.Path}"))).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<HubStartupException>(() => OpenAsync($"Data Source={folder.Combine("no", "hub.sqlite")}"))).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<HubStartupException>(() => OpenAsync($"Data Source={folder.Combine("hub.sqlite")};Mode=ReadWrite"))).Message, StringComparison.Ordinal);
    }

    private async Task OpenAsync(string connectionString)
    {
        await using var database = new SqliteHubDatabase(SqliteDatabaseSettings.Parse(connectionString, folder.Path), TimeProvider.System, NullLogger<SqliteHubDatabase>.Instance);
        await database.OpenAsync(CancellationToken.None);
    }

    private async Task<string> RefusedUntouchedAsync(string path)
    {
        var before = (Digest(path), File.GetLastWriteTimeUtc(path), File.GetUnixFileMode(path));
        var files = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ToList();

        var exception = await Assert.ThrowsAsync<HubStartupException>(() => OpenAsync($"Data Source={path}"));

        Assert.Equal(before, (Digest(path), File.GetLastWriteTimeUtc(path), File.GetUnixFileMode(path)));
        Assert.Equal(files, Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        return exception.Message;
    }

    private Task<string> RefusedAfterAsync(string name, string sql)
    {
        var path = folder.Combine(name + ".sqlite");
        File.Copy(Repository.Data("databases", "6.0.0b2.sqlite"), path);
        Make(path, sql);
        return RefusedUntouchedAsync(path);
    }

    private static void Make(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }

    private static string Schema(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return string.Join('\n', connection.Query("SELECT rowid || name || coalesce(sql, '') FROM sqlite_master UNION ALL SELECT version FROM hub_changes UNION ALL SELECT version FROM hub_schema", row => row.GetString(0)));
    }

    private static string Digest(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    private static Dictionary<string, string> Rows(SqliteConnection connection) => connection
        .Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'hub~_%' ESCAPE '~'", row => row.GetString(0))
        .ToDictionary(
            table => table,
            table => string.Join('\n', connection.Query(
                $"SELECT * FROM {table}",
                row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(index => row.IsDBNull(index) ? "NULL" : row.GetString(index))))));
}
