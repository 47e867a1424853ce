using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

internal static partial class Log
{
    [LoggerMessage(5130, LogLevel.Error, "The journal {Path} cannot be written; routes are only in memory until it can: {Reason}")]
    public static partial void Broken(ILogger logger, string path, string reason);

    [LoggerMessage(5131, LogLevel.Warning, "The last {Bytes} bytes of the journal {Path} are no whole record and were cut off.")]
    public static partial void Cut(ILogger logger, string path, long bytes);

    [LoggerMessage(5132, LogLevel.Information, "{Count} routes restored, {Skipped} left out, from {Path}")]
    public static partial void Restored(ILogger logger, int count, int skipped, string path);

    [LoggerMessage(5133, LogLevel.Warning, "Routes are not remembered, as no journal can be kept: {Reason}")]
    public static partial void NotKept(ILogger logger, string reason);
}
