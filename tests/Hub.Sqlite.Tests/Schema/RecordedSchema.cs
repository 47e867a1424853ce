using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite.Tests.Schema;

/// <summary>The recorded schema of the original, and the same description of a database in hand, in lines that compare.</summary>
internal static class RecordedSchema
{
    public static JsonObject Load() =>
        JsonNode.Parse(File.ReadAllText(Testing.Repository.Data("databases", "database-schema.json")))!["tables"]!.AsObject();

    public static List<string> Describe(JsonNode table) =>
    [
        .. table["columns"]!.AsArray().Select(column => $"column {column!["name"]} {column["type"]} notnull={column["notnull"]} default={column["default"]?.ToString() ?? "null"} pk={column["pk"]}"),
        .. table["foreign_keys"]!.AsArray().Select(key => $"foreign key {key!["column"]} -> {key["references"]} on delete {key["on_delete"]}").Order(StringComparer.Ordinal),
        .. table["indexes"]!.AsArray().Select(index => $"index {index!["name"]?.ToString() ?? "null"} unique={index["unique"]} origin={index["origin"]} ({string.Join(", ", index["columns"]!.AsArray())})").Order(StringComparer.Ordinal),
    ];

    public static List<string> Describe(SqliteConnection connection, string table) =>
    [
        .. connection.Query(
            $"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}') ORDER BY cid",
            row => $"column {row.GetString(0)} {row.GetString(1)} notnull={Bool(row.GetInt32(2))} default={(row.IsDBNull(3) ? "null" : row.GetString(3))} pk={row.GetInt32(4).ToString(CultureInfo.InvariantCulture)}"),
        .. connection.Query(
            $"SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list('{table}')",
            row => $"foreign key {row.GetString(0)} -> {row.GetString(1)}.{row.GetString(2)} on delete {row.GetString(3)}").Order(StringComparer.Ordinal),
        .. Indexes(connection, table).Order(StringComparer.Ordinal),
    ];

    private static List<string> Indexes(SqliteConnection connection, string table) =>
    [
        .. connection
            .Query($"SELECT name, \"unique\", origin FROM pragma_index_list('{table}')", row => (Name: row.GetString(0), Unique: row.GetInt32(1), Origin: row.GetString(2)))
            .Where(index => !index.Name.StartsWith("hub_", StringComparison.Ordinal))
            .Select(index =>
            {
                var columns = connection.Query($"SELECT name FROM pragma_index_info('{index.Name}') ORDER BY seqno", row => row.GetString(0));
                return $"index {(index.Origin == "c" ? index.Name : "null")} unique={Bool(index.Unique)} origin={index.Origin} ({string.Join(", ", columns)})";
            }),
    ];

    private static string Bool(int value) => JsonSerializer.Serialize(value != 0);
}
