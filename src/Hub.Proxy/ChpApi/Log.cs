using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpApi;

internal static partial class Log
{
    [LoggerMessage(EventId = 5100, Message = "{Status} {Method} {Path}")]
    public static partial void Answered(ILogger logger, LogLevel level, int status, string method, string path);

    [LoggerMessage(5101, LogLevel.Information, "Route added {Path} -> {Target}")]
    public static partial void RouteAdded(ILogger logger, string path, string target);

    [LoggerMessage(5102, LogLevel.Information, "Route removed {Path}")]
    public static partial void RouteRemoved(ILogger logger, string path);

    [LoggerMessage(5103, LogLevel.Error, "A request of the API failed.")]
    public static partial void Failed(ILogger logger, Exception problem);
}
