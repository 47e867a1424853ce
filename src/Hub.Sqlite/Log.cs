using Microsoft.Extensions.Logging;

namespace JupyterHub.Sqlite;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Database {Path} created at revision {Revision}")]
    public static partial void DatabaseCreated(ILogger logger, string path, string revision);

    [LoggerMessage(2002, LogLevel.Information, "Database {Path} opened at revision {Revision}; {Count} missing objects were added")]
    public static partial void DatabaseOpened(ILogger logger, string path, string revision, int count);

    [LoggerMessage(2003, LogLevel.Warning, "Database {Path} stays in journal mode {Mode}: reading and writing will wait for each other")]
    public static partial void NotWriteAhead(ILogger logger, string path, string mode);

    [LoggerMessage(2004, LogLevel.Error, "Changes by other programs cannot be seen at the moment; trying again")]
    public static partial void PollingFailed(ILogger logger, Exception exception);

    [LoggerMessage(2005, LogLevel.Information, "Changes by other programs are seen again")]
    public static partial void PollingRecovered(ILogger logger);
}
