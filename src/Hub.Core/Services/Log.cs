using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

internal static partial class Log
{
    [LoggerMessage(1301, LogLevel.Information, "Service {Service} was made by {Requester}")]
    public static partial void Created(ILogger logger, string service, string requester);

    [LoggerMessage(1302, LogLevel.Information, "Service {Service} was deleted")]
    public static partial void Deleted(ILogger logger, string service);

    [LoggerMessage(1303, LogLevel.Warning, "Service {Service} did not answer within {Seconds} seconds; it is there nevertheless")]
    public static partial void NotReached(ILogger logger, string service, double seconds);

    [LoggerMessage(1304, LogLevel.Warning, "The routes of services could not be brought in line; the next check tries again")]
    public static partial void RouteFailed(ILogger logger, Exception problem);

    [LoggerMessage(1305, LogLevel.Warning, "Service {Service} has no address that requests could be forwarded to")]
    public static partial void NoAddress(ILogger logger, string service);
}
