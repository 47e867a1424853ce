namespace JupyterHub.Sqlite.Schema;

/// <summary>Triggers that count each write which can change a decision, a route or a server's state, whoever makes it.</summary>
/// <remarks>
/// A trigger refers to its own table and to ours only: SQLite refuses to rename a table while any trigger names one that
/// is missing, and renaming is how JupyterHub's migrations rebuild tables. Columns stand only in <c>UPDATE OF</c>, which a
/// dropped column does not disturb.
/// </remarks>
internal static class HubTriggers
{
    private const string Count = "UPDATE hub_changes SET version = version + 1 WHERE id = 1";

    public static IReadOnlyList<SchemaStatement> All { get; } =
    [
        .. Counting("users", "id", "name", "admin", "cookie_id", "user_info"),
        .. Counting("groups"),
        .. Counting("user_group_map"),
        .. Counting("roles"),
        .. Counting("user_role_map"),
        .. Counting("group_role_map"),
        .. Counting("service_role_map"),
        .. Counting("api_tokens", "id", "user_id", "service_id", "hashed", "prefix", "client_id", "session_id", "expires_at", "note", "scopes"),
        .. Counting("services"),
        .. Counting("spawners", "id", "user_id", "server_id", "state", "name", "display_name", "started", "user_options", "oauth_client_id"),
        .. Counting("servers"),
        .. Counting("oauth_clients"),
        .. Counting("shares"),
        .. Counting("hub_server_leases", "spawner_id", "instance_id"),
        .. Counting("hub_revoked_logins"),
        .. Counting("hub_shared_passwords"),
        .. Counting("hub_role_origins"),
        .. Counting("hub_user_role_origins"),
        .. Counting("hub_group_role_origins"),
        .. Counting("hub_service_role_origins"),
        .. Counting("hub_announcements"),

        // Who belongs to which group is a long list, which is read again only when one of these counts.
        .. new[] { "INSERT", "UPDATE", "DELETE" }.Select(when => Members("user_group_map", when, when)),
        Members("groups", "UPDATE", "UPDATE OF id, name"),
        Members("groups", "DELETE", "DELETE"),
        Members("users", "UPDATE", "UPDATE OF id, name"),
        Members("users", "DELETE", "DELETE"),

        // The references do this too, except under a program that has foreign keys switched off; and SQLite gives the id
        // of a deleted row to the next one, which must not find itself owned, or with another one's origin and end.
        Releasing("spawners", ("hub_server_leases", "spawner_id = OLD.id")),
        Releasing("roles", ("hub_role_origins", "role_id = OLD.id")),
        Releasing("user_role_map", ("hub_user_role_origins", "user_id = OLD.user_id AND role_id = OLD.role_id")),
        Releasing("group_role_map", ("hub_group_role_origins", "group_id = OLD.group_id AND role_id = OLD.role_id")),
        Releasing("users", ("hub_identities", "user_id = OLD.id"), ("hub_share_code_uses", "user_id = OLD.id")),
        Releasing("share_codes", ("hub_share_code_uses", "share_code_id = OLD.id")),
        Releasing("service_role_map", ("hub_service_role_origins", "service_id = OLD.service_id AND role_id = OLD.role_id")),
    ];

    private static IEnumerable<SchemaStatement> Counting(string table, params string[] columns)
    {
        var prefix = table.StartsWith("hub_", StringComparison.Ordinal) ? table : "hub_" + table;
        yield return Trigger(prefix + "_inserted", table, "INSERT");
        yield return Trigger(prefix + "_updated", table, columns.Length == 0 ? "UPDATE" : "UPDATE OF " + string.Join(", ", columns));
        yield return Trigger(prefix + "_deleted", table, "DELETE");
    }

    private static SchemaStatement Members(string table, string name, string when) => new(
        $"hub_members_{table}_{name.ToLowerInvariant()}",
        table,
        $"CREATE TRIGGER hub_members_{table}_{name.ToLowerInvariant()} AFTER {when} ON {table} BEGIN UPDATE hub_membership SET version = version + 1 WHERE id = 1; END");

    private static SchemaStatement Releasing(string table, params (string Table, string Rows)[] ours) => new(
        $"hub_{table}_release",
        table,
        $"CREATE TRIGGER hub_{table}_release AFTER DELETE ON {table} BEGIN {string.Concat(ours.Select(row => $"DELETE FROM {row.Table} WHERE {row.Rows}; "))}END");

    private static SchemaStatement Trigger(string name, string table, string when) =>
        new(name, table, $"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {Count}; END");
}
