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

    [LoggerMessage(1306, LogLevel.Information, "Service {Service} runs as process {Pid}")]
    public static partial void Started(ILogger logger, string service, int pid);

    [LoggerMessage(1307, LogLevel.Error, "Service {Service} ended with status {Status}; it is started again in {Seconds} seconds. Last lines: {Detail}")]
    public static partial void Exited(ILogger logger, string service, int? status, double seconds, string detail);

    [LoggerMessage(1308, LogLevel.Error, "Service {Service} could not be started; the next attempt is in {Seconds} seconds")]
    public static partial void StartFailed(ILogger logger, string service, double seconds, Exception problem);

    [LoggerMessage(1309, LogLevel.Information, "Service {Service} was stopped")]
    public static partial void Stopped(ILogger logger, string service);

    [LoggerMessage(1310, LogLevel.Error, "Service {Service} could not be stopped")]
    public static partial void StopFailed(ILogger logger, string service, Exception problem);

    [LoggerMessage(1311, LogLevel.Warning, "Service {Service} does not answer at {Url}")]
    public static partial void Unreachable(ILogger logger, string service, Uri url);

    [LoggerMessage(1312, LogLevel.Information, "Service {Service} answers again at {Url}")]
    public static partial void ReachableAgain(ILogger logger, string service, Uri url);

    [LoggerMessage(1313, LogLevel.Error, "The services could not be looked at; the next round tries again")]
    public static partial void CheckFailed(ILogger logger, Exception problem);

    [LoggerMessage(1314, LogLevel.Information, "Another hub on this database runs the services; this one takes over when it is gone")]
    public static partial void RunElsewhere(ILogger logger);

    [LoggerMessage(1315, LogLevel.Warning, "This hub takes the services over")]
    public static partial void TakenOver(ILogger logger);

    [LoggerMessage(1316, LogLevel.Warning, "Another hub on this database runs the services; this one stops its own")]
    public static partial void HandedOver(ILogger logger);
}
