using JupyterHub.Core.Hosting;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite.Schema;

/// <summary>Decides whether a database may be opened, and what is missing in it. It only reads.</summary>
internal sealed class SchemaPlan
{
    private static readonly (string Ours, string Table, string Matches)[] References =
    [
        ("hub_server_leases", "spawners", "spawners.id = spawner_id"),
        ("hub_identities", "users", "users.id = hub_identities.user_id"),
        ("hub_share_code_uses", "users", "users.id = hub_share_code_uses.user_id"),
        ("hub_share_code_uses", "share_codes", "share_codes.id = hub_share_code_uses.share_code_id"),
        ("hub_role_origins", "roles", "roles.id = hub_role_origins.role_id"),
        ("hub_user_role_origins", "user_role_map", "user_role_map.user_id = hub_user_role_origins.user_id AND user_role_map.role_id = hub_user_role_origins.role_id"),
        ("hub_group_role_origins", "group_role_map", "group_role_map.group_id = hub_group_role_origins.group_id AND group_role_map.role_id = hub_group_role_origins.role_id"),
        ("hub_service_role_origins", "service_role_map", "service_role_map.service_id = hub_service_role_origins.service_id AND service_role_map.role_id = hub_service_role_origins.role_id"),
    ];

    private readonly SqliteConnection connection;
    private readonly string file;
    private readonly Dictionary<string, DatabaseObject> objects;
    private readonly List<string> statements = [];

    private SchemaPlan(SqliteConnection connection, string file)
    {
        this.connection = connection;
        this.file = file;
        objects = connection
            .Query("SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'", row => new DatabaseObject(row.GetString(0), row.GetString(1), row.GetString(2)))
            .ToDictionary(item => item.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The statements that complete the schema; none if nothing is missing.</summary>
    /// <exception cref="HubStartupException">The database is not one that this version can use.</exception>
    public static IReadOnlyList<string> Create(SqliteConnection connection, string file)
    {
        var plan = new SchemaPlan(connection, file);
        if (plan.objects.Count > 0)
        {
            plan.CheckRevision();
            new SchemaCheck(connection, file, plan.objects.Keys).Run();
        }

        plan.AddJupyterHub();
        plan.AddHub();
        return plan.statements;
    }

    private void CheckRevision()
    {
        if (!objects.TryGetValue("alembic_version", out var table) || table.Type != "table")
        {
            var found = string.Join(", ", objects.Values.Where(item => item.Type == "table").Select(item => item.Name).Order(StringComparer.Ordinal).Take(3));
            throw Refuse($"has no database revision (its tables: {Printable.Text(found)}) and so was not made by JupyterHub 0.8 or later");
        }

        var revisions = connection.Query("SELECT CAST(version_num AS TEXT) FROM alembic_version LIMIT 5", row => row.GetString(0));
        if (revisions is not [SchemaScript.Revision])
        {
            var found = revisions.Count == 0 ? "none" : Printable.Text(string.Join(", ", revisions));
            throw Refuse($"has database revision {found}");
        }

        if (objects.ContainsKey("hub_schema")
            && connection.Query("SELECT max(version) FROM hub_schema", row => row.IsDBNull(0) ? 0 : row.GetInt64(0))[0] > SchemaScript.HubVersion)
        {
            throw new HubStartupException($"'{file}' was used by a newer version of this hub; nothing was changed: start that version, or a later one.");
        }
    }

    private void AddJupyterHub()
    {
        // Upgrades of old databases leave tables out that the original creates when it opens them; so do we.
        foreach (var statement in SchemaScript.JupyterHub.Where(statement => !objects.ContainsKey(statement.Table)))
        {
            statements.Add(statement.Sql);
        }

        if (!objects.ContainsKey("alembic_version"))
        {
            statements.Add($"INSERT INTO alembic_version (version_num) VALUES ('{SchemaScript.Revision}')");
        }
    }

    private void AddHub()
    {
        foreach (var statement in SchemaScript.Hub.Where(statement => !objects.ContainsKey(statement.Name)))
        {
            statements.Add(statement.Sql);
        }

        AddRow("hub_schema", $"INSERT INTO hub_schema (version) VALUES ({SchemaScript.HubVersion})");
        if (objects.ContainsKey("hub_schema") && connection.Query("SELECT max(version) FROM hub_schema", row => row.IsDBNull(0) ? SchemaScript.HubVersion : row.GetInt64(0))[0] < SchemaScript.HubVersion)
        {
            statements.Add($"UPDATE hub_schema SET version = {SchemaScript.HubVersion}");
        }

        AddRow("hub_changes", "INSERT INTO hub_changes (id, version) VALUES (1, 1)");
        AddRow("hub_membership", "INSERT INTO hub_membership (id, version) VALUES (1, 1)");

        var before = statements.Count;
        foreach (var statement in SchemaScript.Overlay)
        {
            AddOverlay(statement);
        }

        if (objects.ContainsKey("hub_changes") && statements.Count > before)
        {
            // What was written while they were gone has not been counted.
            statements.Add("UPDATE hub_changes SET version = version + 1 WHERE id = 1");
            statements.Add("UPDATE hub_membership SET version = version + 1 WHERE id = 1");
        }

        foreach (var (ours, table, matches) in References)
        {
            DropOrphans(ours, table, matches);
        }
    }

    /// <summary>What a program with foreign keys switched off left behind while the triggers were gone.</summary>
    private void DropOrphans(string ours, string table, string matches)
    {
        var orphans = $"NOT EXISTS (SELECT 1 FROM {table} WHERE {matches})";
        if (objects.ContainsKey(ours)
            && objects.ContainsKey(table)
            && connection.Query($"SELECT 1 FROM {ours} WHERE {orphans} LIMIT 1", row => row.GetInt32(0)).Count > 0)
        {
            statements.Add($"DELETE FROM {ours} WHERE {orphans}");
        }
    }

    private void AddRow(string table, string insert)
    {
        if (!objects.ContainsKey(table) || connection.Query($"SELECT 1 FROM {table} LIMIT 1", row => row.GetInt32(0)).Count == 0)
        {
            statements.Add(insert);
        }
    }

    private void AddOverlay(SchemaStatement statement)
    {
        if (objects.TryGetValue(statement.Name, out var found))
        {
            if (found.Sql == statement.Sql)
            {
                return;
            }

            statements.Add($"DROP {found.Type} {statement.Name}");
        }

        statements.Add(statement.Sql);
    }

    private HubStartupException Refuse(string what) => new(
        $"'{file}' {what}; this hub needs {SchemaScript.Revision}. Nothing was changed: bring it up with JupyterHub 6's 'jupyterhub upgrade-db', or name another file in JupyterHub:Database:ConnectionString.");
}
