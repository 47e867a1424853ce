using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(7050, LogLevel.Warning, "Users could not be counted for the metrics; tried again later")]
    public static partial void CountFailed(ILogger logger, Exception problem);

    [LoggerMessage(7051, LogLevel.Warning, "Work that was due came {Seconds:F2} s late: the machine or the thread pool is overloaded")]
    public static partial void Late(ILogger logger, double seconds);
}
