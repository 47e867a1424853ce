using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(2101, LogLevel.Error, "This hub's leases could not be renewed; trying again")]
    public static partial void HeartbeatFailed(ILogger logger, Exception exception);

    [LoggerMessage(2102, LogLevel.Warning, "Took over the server with row id {SpawnerId} from hub instance {InstanceId}, which is gone")]
    public static partial void LeaseTaken(ILogger logger, int spawnerId, string instanceId);

    [LoggerMessage(7113, LogLevel.Error, "The leases of this hub's servers could not be read")]
    public static partial void LeaseWatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(7104, LogLevel.Error, "Expired tokens and codes could not be removed")]
    public static partial void PurgeFailed(ILogger logger, Exception exception);
}
