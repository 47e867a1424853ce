using JupyterHub.Core.Hosting;
using JupyterHub.Sqlite.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace JupyterHub.Sqlite;

/// <summary>The file: made when there is none, completed when it is ours, and left untouched when it is not.</summary>
internal sealed class SqliteDatabaseFile(SqliteDatabaseSettings settings, ILogger logger)
{
    // Where the file's header says how it is read, and the value for a write-ahead log.
    private const int JournalVersion = 19;
    private const byte WriteAheadLog = 2;

    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    /// <exception cref="HubStartupException">The file cannot be used; it is as it was.</exception>
    public void Prepare()
    {
        try
        {
            if (IsEmpty())
            {
                CreateEmpty();
            }
            else
            {
                Check();
            }

            Complete();
            UseWriteAheadLog();
        }
        catch (SqliteException exception)
        {
            throw Explain(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubStartupException($"'{settings.Path}' cannot be opened ({Printable.Text(exception.Message)}); check the folder, its owner and its permissions.", exception);
        }
    }

    /// <summary>Makes one file of it again, as the original leaves it, unless somebody else has it open.</summary>
    /// <remarks>Programs that copy the database, the original's upgrade among them, copy one file.</remarks>
    public void LeaveWriteAheadLog()
    {
        try
        {
            using var connection = Open(settings.ForOne());
            raw.sqlite3_busy_timeout(connection.Handle, 0);

            // Not by a command, which would try again for as long as a lock is waited for.
            _ = raw.sqlite3_exec(connection.Handle, "PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException)
        {
            // Nothing is lost: whoever opens it next reads the log.
        }
    }

    /// <summary>Looks at the file on a connection that cannot write: opening for writing alone may already change it.</summary>
    private void Check()
    {
        Span<byte> start = stackalloc byte[JournalVersion + 1];
        using (var stream = OpenStream())
        {
            stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }

        // A reader of a write-ahead log makes the log's files if there are none, and cannot remove them again. When there
        // is no log nobody has the database open, and it can be read as something that does not change.
        var alone = start[JournalVersion] == WriteAheadLog && !File.Exists(settings.Path + "-wal");
        try
        {
            using var connection = Open(alone ? settings.ForLooking() : settings.ForOne(readOnly: true));
            SchemaPlan.Create(connection, settings.Path);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_READONLY)
        {
            // A program was killed while it wrote, and whoever comes next has to take its half of a write back first.
            using var connection = Open(settings.ForOne());
            SchemaPlan.Create(connection, settings.Path);
        }
    }

    private FileStream OpenStream() => new(settings.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private bool IsEmpty()
    {
        if (Directory.Exists(settings.Path))
        {
            throw new HubStartupException($"'{settings.Path}' is a folder; JupyterHub:Database:ConnectionString must name a file.");
        }

        var file = new FileInfo(settings.Path);
        if (!file.Exists)
        {
            return settings.MayCreate
                ? true
                : throw new HubStartupException($"'{settings.Path}' does not exist, and JupyterHub:Database:ConnectionString says not to create it (Mode=ReadWrite).");
        }

        using var stream = OpenStream();
        Span<byte> start = stackalloc byte[Header.Length];
        var length = stream.ReadAtLeast(start, Header.Length, throwOnEndOfStream: false);
        return length != 0 && !start[..length].SequenceEqual(Header)
            ? throw new HubStartupException($"'{settings.Path}' is not an SQLite database; this hub needs one of revision {SchemaScript.Revision}. Nothing was changed: name another file in JupyterHub:Database:ConnectionString.")
            : length == 0;
    }

    private void CreateEmpty()
    {
        if (Path.GetDirectoryName(settings.Path) is { } folder && !Directory.Exists(folder))
        {
            throw new HubStartupException($"The folder of '{settings.Path}' does not exist; create it, or name another file in JupyterHub:Database:ConnectionString.");
        }

        // Created here, because SQLite would let everybody read it; its log files take the mode over.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(settings.Path, options).Dispose();
    }

    private void Complete()
    {
        using var connection = Open(settings.ForOne());
        using var transaction = connection.BeginTransaction(deferred: false);

        // Once more, now that nobody else can write: another hub may have been at the same point.
        var statements = SchemaPlan.Create(connection, settings.Path);
        foreach (var statement in statements)
        {
            connection.Execute(statement);
        }

        transaction.Commit();
        if (statements.Contains(SchemaScript.JupyterHub[0].Sql))
        {
            Log.DatabaseCreated(logger, settings.Path, SchemaScript.Revision);
        }
        else
        {
            Log.DatabaseOpened(logger, settings.Path, SchemaScript.Revision, statements.Count);
        }
    }

    private void UseWriteAheadLog()
    {
        using var connection = Open(settings.ForOne());
        string mode;
        try
        {
            mode = connection.Query("PRAGMA journal_mode = WAL", row => row.GetString(0))[0];
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            mode = connection.Query("PRAGMA journal_mode", row => row.GetString(0))[0];
        }

        if (!mode.Equals("wal", StringComparison.OrdinalIgnoreCase))
        {
            Log.NotWriteAhead(logger, settings.Path, mode);
        }
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private HubStartupException Explain(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new HubStartupException(
            $"'{settings.Path}' was locked by another program for {settings.BusySeconds} seconds; stop that program, or start the hub when it is done.", exception),
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => new HubStartupException(
            $"'{settings.Path}' is damaged ({Printable.Text(exception.Message)}); nothing was changed: restore it from a backup.", exception),
        _ => new HubStartupException(
            $"'{settings.Path}' cannot be opened ({Printable.Text(exception.Message)}); check that it and its folder can be written.", exception),
    };
}
