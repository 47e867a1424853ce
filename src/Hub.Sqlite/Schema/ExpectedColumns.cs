using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite.Schema;

/// <summary>The columns of JupyterHub's tables, asked of SQLite itself.</summary>
internal static class ExpectedColumns
{
    private static readonly Lazy<Dictionary<string, IReadOnlyList<string>>> Tables = new(Load);

    public static IReadOnlyList<string> Of(string table) => Tables.Value[table];

    public static IReadOnlyList<string> Read(SqliteConnection connection, string table) =>
        connection.Query($"SELECT name FROM pragma_table_info('{table}')", row => row.GetString(0));

    private static Dictionary<string, IReadOnlyList<string>> Load()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        foreach (var statement in SchemaScript.JupyterHub)
        {
            connection.Execute(statement.Sql);
        }

        return SchemaScript.JupyterHub.Select(statement => statement.Table).Distinct().ToDictionary(table => table, table => Read(connection, table));
    }
}
