using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpApi;

internal static partial class Log
{
    [LoggerMessage(EventId = 5163, Message = "{Status} {Method} {Path}")]
    public static partial void Answered(ILogger logger, LogLevel level, int status, string method, string path);

    [LoggerMessage(5160, LogLevel.Information, "Route added {Path} -> {Target}")]
    public static partial void RouteAdded(ILogger logger, string path, string target);

    [LoggerMessage(5161, LogLevel.Information, "Route removed {Path}")]
    public static partial void RouteRemoved(ILogger logger, string path);

    [LoggerMessage(5162, LogLevel.Error, "A request of the API failed.")]
    public static partial void Failed(ILogger logger, Exception problem);
}
