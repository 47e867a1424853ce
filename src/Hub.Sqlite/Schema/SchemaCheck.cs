using System.Globalization;
using JupyterHub.Core.Hosting;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite.Schema;

/// <summary>Looks for what would fail later and obscurely in a database of the right revision: missing columns, and rows that the engine of the original cannot have written.</summary>
internal sealed class SchemaCheck(SqliteConnection connection, string file, IReadOnlyCollection<string> existing)
{
    // The original's columns allow NULL nearly everywhere; in these it never writes one.
    private static readonly (string Table, string[] Columns)[] Filled =
    [
        ("users", ["name", "admin"]),
        ("groups", ["name"]),
        ("roles", ["name"]),
        ("services", ["name", "admin"]),
        ("spawners", ["user_id", "name"]),
        ("servers", ["proto", "ip", "port", "base_url", "cookie_name"]),
        ("oauth_clients", ["identifier"]),
        ("api_tokens", ["hashed", "prefix"]),
        ("oauth_codes", ["code"]),
        ("share_codes", ["hashed", "prefix"]),
    ];

    public void Run()
    {
        foreach (var table in Existing(SchemaScript.JupyterHub.Where(statement => statement.Name == statement.Table).Select(statement => statement.Table)))
        {
            CheckColumns(table);
        }

        foreach (var (table, columns) in Filled.Where(item => existing.Contains(item.Table, StringComparer.OrdinalIgnoreCase)))
        {
            CheckFilled(table, columns);
        }

        CheckSpawners();
    }

    private IEnumerable<string> Existing(IEnumerable<string> tables) => tables.Where(table => existing.Contains(table, StringComparer.OrdinalIgnoreCase));

    private void CheckColumns(string table)
    {
        var missing = ExpectedColumns.Of(table).Except(ExpectedColumns.Read(connection, table), StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
        {
            throw new HubStartupException(
                $"'{file}' says that it has database revision {SchemaScript.Revision}, but its table {table} lacks {string.Join(", ", missing)}; nothing was changed: restore the database from a backup.");
        }
    }

    private void CheckFilled(string table, string[] columns)
    {
        foreach (var column in columns)
        {
            var rows = connection.Query($"SELECT id FROM {table} WHERE {column} IS NULL LIMIT 5", row => row.GetInt64(0));
            if (rows.Count > 0)
            {
                throw new HubStartupException($"'{file}': table {table} has no {column} in the row with id {Join(rows)}; nothing was changed: fill it in or delete the row.");
            }
        }
    }

    private void CheckSpawners()
    {
        if (!existing.Contains("spawners", StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var doubles = connection.Query(
            "SELECT user_id, name, group_concat(id, ', ') FROM spawners GROUP BY user_id, name HAVING count(*) > 1 LIMIT 3",
            row => string.Create(CultureInfo.InvariantCulture, $"user_id {row.GetInt64(0)}, name '{Printable.Text(row.GetString(1))}' in the rows with id {Printable.Text(row.GetString(2))}"));
        if (doubles.Count > 0)
        {
            throw new HubStartupException($"'{file}': table spawners holds one server more than once ({string.Join("; ", doubles)}); nothing was changed: delete all rows but one of each.");
        }
    }

    private static string Join(IEnumerable<long> ids) => string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
