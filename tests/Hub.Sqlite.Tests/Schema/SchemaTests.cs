using JupyterHub.Sqlite.Schema;
using JupyterHub.Testing;

namespace JupyterHub.Sqlite.Tests.Schema;

public sealed class SchemaTests
{
    [Fact]
    public async Task A_fresh_database_has_the_original_tables_column_by_column()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var connection = database.Connect();
        var recorded = RecordedSchema.Load();
        var tables = connection.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'hub~_%' ESCAPE '~' ORDER BY name", row => row.GetString(0));

        Assert.Equal(recorded.Select(table => table.Key).Order(StringComparer.Ordinal), tables);
        foreach (var (name, table) in recorded)
        {
            Assert.Equal(RecordedSchema.Describe(table!), RecordedSchema.Describe(connection, name));
        }
    }

    [Fact]
    public async Task Constraints_have_the_names_that_the_original_gives_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var recorded = TestDatabase.CopyOf("6.0.0b2");
        using var ours = database.Connect();
        using var theirs = recorded.Connect();

        var expected = Constraints(theirs);

        Assert.True(expected.Count > 40, "the recorded database names its constraints");
        Assert.Equal(expected, Constraints(ours));
    }

    [Fact]
    public async Task A_fresh_database_says_which_revision_it_has_and_holds_no_rows()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var connection = database.Connect();

        Assert.Equal(["f460b0348206"], connection.Query("SELECT version_num FROM alembic_version", row => row.GetString(0)));
        foreach (var table in SchemaScript.JupyterHub.Select(statement => statement.Table).Where(table => table != "alembic_version"))
        {
            Assert.Equal(0, connection.Query($"SELECT count(*) FROM {table}", row => row.GetInt32(0))[0]);
        }
    }

    [Fact]
    public async Task All_that_is_ours_is_named_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var connection = database.Connect();
        var recorded = RecordedSchema.Load();
        var ours = connection.Query("SELECT name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'", row => (Name: row.GetString(0), Table: row.GetString(1)))
            .Where(item => !recorded.ContainsKey(item.Table) || !item.Name.StartsWith("ix_", StringComparison.Ordinal) && item.Name != item.Table)
            .ToList();

        Assert.NotEmpty(ours);
        Assert.All(ours, item => Assert.StartsWith("hub_", item.Name, StringComparison.Ordinal));
    }

    private static List<string> Constraints(Microsoft.Data.Sqlite.SqliteConnection connection) =>
    [
        .. connection.Query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'hub~_%' ESCAPE '~'", row => row.GetString(0))
            .SelectMany(sql => sql.Split('\n'))
            .Select(line => line.Trim().TrimEnd(',').Replace("KEY(", "KEY (", StringComparison.Ordinal))
            .Where(line => line.StartsWith("CONSTRAINT", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
