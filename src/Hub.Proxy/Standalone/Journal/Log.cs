using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

internal static partial class Log
{
    [LoggerMessage(5130, LogLevel.Error, "The journal {Path} cannot be written; routes that change are only in memory until it can. Make room on its disk, or see to the rights of its folder; it is tried again by itself: {Reason}")]
    public static partial void Broken(ILogger logger, string path, string reason);

    [LoggerMessage(5131, LogLevel.Warning, "The last {Bytes} bytes of the journal {Path} are no whole record and were cut off.")]
    public static partial void Cut(ILogger logger, string path, long bytes);

    [LoggerMessage(5132, LogLevel.Information, "{Count} routes restored, {Skipped} left out, from {Path}")]
    public static partial void Restored(ILogger logger, int count, int skipped, string path);

    [LoggerMessage(5133, LogLevel.Warning, "Routes are not remembered, as no journal (--journal) can be kept: {Reason}")]
    public static partial void NotKept(ILogger logger, string reason);

    [LoggerMessage(5134, LogLevel.Warning, "The journal {Path} could not be written anew in a shorter form. Nothing is lost: changes go on behind what it has. Make room on its disk, or see to the rights of its folder; it is tried again by itself: {Reason}")]
    public static partial void NotRewritten(ILogger logger, string path, string reason);

    [LoggerMessage(5135, LogLevel.Information, "The journal {Path} is whole again")]
    public static partial void Whole(ILogger logger, string path);

    [LoggerMessage(5136, LogLevel.Information, "The journal {Path} is in use by another proxy, which may be about to end: waiting for it")]
    public static partial void Waiting(ILogger logger, string path);
}
