using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.ActivityTracking;

internal static partial class Log
{
    [LoggerMessage(7201, LogLevel.Warning, "Activity could not be written")]
    public static partial void ActivityNotWritten(ILogger logger, Exception exception);
}
