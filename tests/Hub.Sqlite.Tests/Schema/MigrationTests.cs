using System.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.Sqlite.Tests.Schema;

/// <summary>The original's migrations rebuild tables under our triggers; here the same tool does it, for real.</summary>
public sealed class MigrationTests
{
    // Everything that alembic can do to a table on SQLite, to each table of the original.
    private const string Script = """
        import sys
        import sqlalchemy as sa
        from sqlalchemy import event
        from alembic.migration import MigrationContext
        from alembic.operations import Operations

        engine = sa.create_engine("sqlite:///" + sys.argv[1])

        @event.listens_for(engine, "connect")
        def connect(connection, record):
            connection.execute("PRAGMA foreign_keys=" + sys.argv[2])

        tables = [name for name in sa.inspect(engine).get_table_names() if not name.startswith("hub_")]
        with engine.begin() as connection:
            op = Operations(MigrationContext.configure(connection))
            for table in tables:
                op.add_column(table, sa.Column("plain", sa.Integer))
                with op.batch_alter_table(table, recreate="always") as batch:
                    batch.add_column(sa.Column("rebuilt", sa.Integer))
            op.drop_column("users", "user_info")
            op.alter_column("spawners", "display_name", new_column_name="shown_name")
            connection.execute(sa.text("INSERT INTO users (name, cookie_id, admin) VALUES ('after', 'after', 0)"))
        print(len(tables))
        """;

    [Theory]
    [InlineData("ON")]
    [InlineData("OFF")]
    public async Task Tables_can_be_rebuilt_by_the_originals_migration_tool_and_the_triggers_come_back(string foreignKeys)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddSpawnerAsync(await database.AddUserAsync("ada"));
        await database.CloseAsync();

        Assert.Equal("16", await RunAsync(Script, database.Path, foreignKeys));

        using (var connection = database.Connect())
        {
            Assert.Equal(["ada", "after"], connection.Query("SELECT name FROM users ORDER BY name", row => row.GetString(0)));
            Assert.Empty(connection.Query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'users'", row => row.GetString(0)));

            // Back to our revision's columns, as the migrations of a later version would be undone.
            connection.Execute("ALTER TABLE users ADD COLUMN user_info TEXT; ALTER TABLE spawners RENAME COLUMN shown_name TO display_name");
        }

        long before;
        using (var connection = database.Connect())
        {
            before = connection.ReadChangeVersion();
        }

        await using var hub = database.NewHub();
        await hub.OpenAsync(CancellationToken.None);
        Assert.True(hub.ChangeVersion > before, "what was written without triggers counts as a change");
        using (var connection = database.Connect())
        {
            var version = connection.ReadChangeVersion();
            connection.Execute("UPDATE users SET admin = 1 WHERE name = 'after'");
            Assert.Equal(version + 1, connection.ReadChangeVersion());
        }
    }

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        // Debian's interpreter, which has the original's libraries; ./test.sh installs them.
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.Trim();
    }
}
