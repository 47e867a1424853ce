using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite;

/// <summary>Plain SQL, where there is no row to map.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Every statement is a constant of this assembly; no value from outside is put into one.")]
internal static class SqliteCommands
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The counter of relevant writes, as this connection's transaction sees it.</summary>
    public static long ReadChangeVersion(this SqliteConnection connection) =>
        connection.Query("SELECT version FROM hub_changes WHERE id = 1", row => row.GetInt64(0)) is [var version] ? version : 0;
}
