using JupyterHub.Core.Hosting;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite;

/// <summary>A connection string that was checked: one file, with an absolute path.</summary>
internal sealed class SqliteDatabaseSettings
{
    /// <summary>Where the hub keeps its state unless told otherwise.</summary>
    public const string DefaultConnectionString = "Data Source=hub.sqlite";

    private const string Setting = "JupyterHub:Database:ConnectionString";

    private readonly SqliteConnectionStringBuilder builder;

    private SqliteDatabaseSettings(SqliteConnectionStringBuilder builder) => this.builder = builder;

    public string Path => builder.DataSource;

    /// <summary>Seconds that an operation waits for another program's lock.</summary>
    public int BusySeconds => builder.DefaultTimeout;

    public bool MayCreate => builder.Mode == SqliteOpenMode.ReadWriteCreate;

    /// <exception cref="HubStartupException">The connection string is not one that a hub can use.</exception>
    public static SqliteDatabaseSettings Parse(string connectionString, string dataFolder)
    {
        var builder = Read(connectionString);
        var source = builder.DataSource;
        Require(!string.IsNullOrWhiteSpace(source), "names no file (Data Source=hub.sqlite)");
        Require(
            builder.Mode is SqliteOpenMode.ReadWriteCreate or SqliteOpenMode.ReadWrite && !source.StartsWith(":memory:", StringComparison.OrdinalIgnoreCase),
            "must name a file that can be written; a database in memory or opened for reading only cannot keep a hub's state");
        Require(!source.StartsWith("file:", StringComparison.OrdinalIgnoreCase), "must name the file by its path, not as a file: address");
        Require(!source.StartsWith('|'), "must name the file by its path; a relative one is below the data directory");
        Require(builder.Cache != SqliteCacheMode.Shared, "must not ask for a shared cache (Cache=Shared): its readers block the writer");
        Require(string.IsNullOrEmpty(builder.Password), "has a password, but encrypted databases are not supported");
        Require(builder.ForeignKeys != false, "must not switch foreign keys off: the schema relies on them");
        Require(builder.DefaultTimeout > 0, "must limit the time to wait for a lock (Default Timeout=30)");

        builder.DataSource = System.IO.Path.GetFullPath(source, dataFolder);
        builder.ForeignKeys = true;
        return new SqliteDatabaseSettings(builder);
    }

    /// <summary>The string for pooled connections. They never create the file: one that vanished is an error, not a new hub.</summary>
    public string ForPool() => With(pooling: true, SqliteOpenMode.ReadWrite);

    /// <summary>The string for one connection of its own, which closes when it is disposed.</summary>
    public string ForOne(bool readOnly = false) => With(pooling: false, readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite);

    /// <summary>The string for looking at a file that nobody has open, leaving no trace beside it.</summary>
    public string ForLooking() => new SqliteConnectionStringBuilder(ForOne(readOnly: true))
    {
        DataSource = $"file:{string.Join('/', Path.Split('/').Select(Uri.EscapeDataString))}?immutable=1",
    }.ToString();

    private string With(bool pooling, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder(builder.ToString()) { Pooling = pooling, Mode = mode }.ToString();

    private static SqliteConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The text itself is not repeated: it may hold a password.
            throw new HubStartupException($"{Setting} is not a connection string for SQLite; one looks like 'Data Source=hub.sqlite'.", exception);
        }
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new HubStartupException($"{Setting} {problem}.");
        }
    }
}
