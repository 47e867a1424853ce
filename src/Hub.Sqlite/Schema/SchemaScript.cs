using System.Text.RegularExpressions;

namespace JupyterHub.Sqlite.Schema;

/// <summary>The hand-written DDL that is embedded in this assembly.</summary>
internal static partial class SchemaScript
{
    /// <summary>The revision that JupyterHub's migration tool gives to the tables below.</summary>
    public const string Revision = "f460b0348206";

    /// <summary>The version of our own tables. An older hub must not use a newer database: it would not know that roles end (2), nor whose identities are bound (3).</summary>
    public const int HubVersion = 3;

    /// <summary>JupyterHub's tables and their indexes.</summary>
    public static IReadOnlyList<SchemaStatement> JupyterHub { get; } = Read("jupyterhub.sql");

    /// <summary>Our tables and their indexes.</summary>
    public static IReadOnlyList<SchemaStatement> Hub { get; } = Read("hub.sql");

    /// <summary>What we lay over JupyterHub's tables: it can be dropped at any time and is put back at the next start.</summary>
    public static IReadOnlyList<SchemaStatement> Overlay { get; } =
    [
        new(UniqueSpawners, "spawners", $"CREATE UNIQUE INDEX {UniqueSpawners} ON spawners (user_id, name)"),
        .. HubIndexes.All,
        .. HubTriggers.All,
    ];

    /// <summary>What the original lacks: a user has a server of one name once.</summary>
    public const string UniqueSpawners = "hub_spawners_user_id_name";

    private static IReadOnlyList<SchemaStatement> Read(string resource)
    {
        using var stream = typeof(SchemaScript).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return
        [
            .. Comment().Replace(reader.ReadToEnd().ReplaceLineEndings("\n"), "")
                .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(Parse),
        ];
    }

    private static SchemaStatement Parse(string sql)
    {
        var match = Head().Match(sql);
        return match.Success
            ? new SchemaStatement(match.Groups["name"].Value, match.Groups["table"] is { Success: true } table ? table.Value : match.Groups["name"].Value, sql)
            : throw new InvalidOperationException("The embedded schema holds a statement of an unknown kind.");
    }

    [GeneratedRegex(@"^--.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^CREATE (TABLE (?<name>\w+)|(UNIQUE )?INDEX (?<name>\w+) ON (?<table>\w+))")]
    private static partial Regex Head();
}
