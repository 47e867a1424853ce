using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.ActivityTracking;

internal static partial class Log
{
    [LoggerMessage(7201, LogLevel.Warning, "Activity could not be written; it is kept and tried again")]
    public static partial void ActivityNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(7202, LogLevel.Information, "Activity is written again")]
    public static partial void ActivityWrittenAgain(ILogger logger);

    [LoggerMessage(7203, LogLevel.Warning, "Activity of more than {Capacity} rows waits to be written; what comes on top is lost")]
    public static partial void ActivityDropped(ILogger logger, int capacity);
}
