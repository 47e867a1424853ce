using Microsoft.Data.Sqlite;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Looks at a hub's database as another program sees it: sound, and no row that points to nothing.</summary>
internal static class DatabaseCheck
{
    /// <summary>What must hold beyond the foreign keys, which do not know of owners that are null and of servers that nobody has.</summary>
    private static readonly (string What, string Query)[] Orphans =
    [
        ("tokens of nobody", "SELECT id FROM api_tokens WHERE user_id IS NULL AND service_id IS NULL"),
        ("tokens of two owners", "SELECT id FROM api_tokens WHERE user_id IS NOT NULL AND service_id IS NOT NULL"),
        ("tokens of no client", "SELECT id FROM api_tokens WHERE client_id IS NULL"),
        ("spawners of nobody", "SELECT id FROM spawners WHERE user_id IS NULL"),
        ("spawners twice", "SELECT user_id FROM spawners GROUP BY user_id, name HAVING count(*) > 1"),
        ("shares of nothing", "SELECT id FROM shares WHERE spawner_id IS NULL OR owner_id IS NULL OR (user_id IS NULL) = (group_id IS NULL)"),
        ("shares of another's server", "SELECT s.id FROM shares s JOIN spawners p ON p.id = s.spawner_id WHERE p.user_id <> s.owner_id"),
        ("share codes of nothing", "SELECT id FROM share_codes WHERE spawner_id IS NULL OR owner_id IS NULL"),
        ("servers of nobody", """
            SELECT id FROM servers WHERE id NOT IN (SELECT server_id FROM spawners WHERE server_id IS NOT NULL)
            AND id NOT IN (SELECT _server_id FROM services WHERE _server_id IS NOT NULL)
            """),
        ("clients of servers that are gone", """
            SELECT identifier FROM oauth_clients WHERE identifier LIKE 'jupyterhub-user-%'
            AND identifier NOT IN (SELECT oauth_client_id FROM spawners WHERE oauth_client_id IS NOT NULL)
            """),
        ("clients of services that are gone", """
            SELECT identifier FROM oauth_clients WHERE identifier LIKE 'service-%'
            AND identifier NOT IN (SELECT oauth_client_id FROM services WHERE oauth_client_id IS NOT NULL)
            """),
    ];

    /// <summary>What is wrong; empty if nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(HubHost host)
    {
        var file = Assert.Single(Directory.GetFiles(host.Folder, "*.sqlite", SearchOption.AllDirectories));
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var faults = new List<string>();
        var integrity = await RowsAsync(connection, "PRAGMA integrity_check");
        if (integrity is not ["ok"])
        {
            faults.AddRange(integrity);
        }

        faults.AddRange((await RowsAsync(connection, "PRAGMA foreign_key_check")).Select(row => $"foreign key: {row}"));
        foreach (var (what, query) in Orphans)
        {
            faults.AddRange((await RowsAsync(connection, query)).Select(row => $"{what}: {row}"));
        }

        return faults;
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(index => $"{reader.GetValue(index)}")));
        }

        return rows;
    }
}
