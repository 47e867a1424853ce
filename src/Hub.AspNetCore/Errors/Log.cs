using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Errors;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Error, "{Method} {Pattern} failed (request {RequestId})")]
    public static partial void Failed(ILogger logger, Exception problem, string method, string pattern, string requestId);

    [LoggerMessage(7002, LogLevel.Error, "An answer of {Pattern} broke off")]
    public static partial void FailedMidway(ILogger logger, Exception problem, string pattern);

    [LoggerMessage(7003, LogLevel.Error, "The error page failed")]
    public static partial void PageFailed(ILogger logger, Exception problem);
}
