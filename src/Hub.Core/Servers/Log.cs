using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Servers;

/// <summary>Log messages of servers' lives. Names go in as row ids: they are in the database for whoever may read it, and cannot forge lines.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "Server {SpawnerId}: start begun")]
    public static partial void StartBegun(ILogger logger, int spawnerId);

    [LoggerMessage(4001, LogLevel.Information, "Server {SpawnerId}: running at {Address}, {Seconds:F3} s after its start was asked for")]
    public static partial void Running(ILogger logger, int spawnerId, Uri address, double seconds);

    [LoggerMessage(4002, LogLevel.Warning, "Server {SpawnerId}: start failed ({Reason})")]
    public static partial void StartFailed(ILogger logger, int spawnerId, ServerFailureReason reason);

    [LoggerMessage(4003, LogLevel.Error, "Server {SpawnerId}: unforeseen error while starting")]
    public static partial void StartError(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4004, LogLevel.Information, "Server {SpawnerId}: stopped")]
    public static partial void Stopped(ILogger logger, int spawnerId);

    [LoggerMessage(4005, LogLevel.Error, "Server {SpawnerId}: its spawner could not stop it")]
    public static partial void StopError(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4006, LogLevel.Warning, "Server {SpawnerId}: ended by itself, exit status {ExitStatus}")]
    public static partial void Died(ILogger logger, int spawnerId, int? exitStatus);

    [LoggerMessage(4007, LogLevel.Warning, "Server {SpawnerId}: could not be polled; it is taken for running")]
    public static partial void PollError(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4008, LogLevel.Warning, "Server {SpawnerId}: its route could not be removed")]
    public static partial void RouteRemovalError(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4009, LogLevel.Error, "Server {SpawnerId}: its end could not be written to the database; the next check tries again")]
    public static partial void EndNotWritten(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4010, LogLevel.Warning, "Server {SpawnerId}: its lease could not be released")]
    public static partial void LeaseNotReleased(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4011, LogLevel.Warning, "Server {SpawnerId}: another hub has it now; it is left running")]
    public static partial void GivenUp(ILogger logger, int spawnerId);

    [LoggerMessage(4012, LogLevel.Debug, "Server {SpawnerId}: its owner does not hold {Count} of the scopes for its token")]
    public static partial void TokenScopesReduced(ILogger logger, int spawnerId, int count);

    [LoggerMessage(4013, LogLevel.Debug, "Server on port {Port} answered {Status}")]
    public static partial void Probed(ILogger logger, int port, int status);

    [LoggerMessage(4014, LogLevel.Information, "Server {SpawnerId}: still running at {Address}, kept")]
    public static partial void Adopted(ILogger logger, int spawnerId, Uri address);

    [LoggerMessage(4015, LogLevel.Warning, "Server {SpawnerId}: ran when the hub was last alive and does not now ({Why}); cleaned up")]
    public static partial void NotAdopted(ILogger logger, int spawnerId, string why);

    [LoggerMessage(4016, LogLevel.Information, "Server {SpawnerId}: another hub owns it, left alone")]
    public static partial void OwnedElsewhere(ILogger logger, int spawnerId);

    [LoggerMessage(4017, LogLevel.Warning, "Start refused: {Pending} starts are under way (JupyterHub:ConcurrentSpawnLimit)")]
    public static partial void TooManySpawning(ILogger logger, int pending);

    [LoggerMessage(4018, LogLevel.Warning, "Start refused: {Active} servers are active (JupyterHub:ActiveServerLimit)")]
    public static partial void TooManyActive(ILogger logger, int active);

    [LoggerMessage(4019, LogLevel.Warning, "Route of server {SpawnerId} was missing or wrong; put right")]
    public static partial void RouteRestored(ILogger logger, int spawnerId);

    [LoggerMessage(4028, LogLevel.Information, "Route {Routespec} leads to {Target} now")]
    public static partial void FixedRouteRestored(ILogger logger, string routespec, Uri target);

    [LoggerMessage(4029, LogLevel.Warning, "The proxy refused a change of one route, which stays as it is: {Problem}")]
    public static partial void RouteRefused(ILogger logger, string problem);

    [LoggerMessage(4020, LogLevel.Warning, "A route of a server that does not run, or of nothing there is, was removed")]
    public static partial void RouteRemoved(ILogger logger);

    [LoggerMessage(4021, LogLevel.Error, "Routes and activity could not be checked; tried again at the next round")]
    public static partial void UpkeepError(ILogger logger, Exception exception);

    [LoggerMessage(4022, LogLevel.Error, "Server {SpawnerId}: a check failed unexpectedly")]
    public static partial void CheckError(ILogger logger, int spawnerId, Exception exception);

    [LoggerMessage(4023, LogLevel.Error, "A server was stopped, but its row could not be removed")]
    public static partial void RemovalError(ILogger logger, Exception exception);

    [LoggerMessage(4024, LogLevel.Error, "A server could not be renamed")]
    public static partial void RenameError(ILogger logger, Exception exception);

    [LoggerMessage(4025, LogLevel.Warning, "Server {SpawnerId}: its name is not allowed any more; it is called {Name} now (JupyterHub:AllowExistingInvalidNamedServers)")]
    public static partial void RenamedAtStart(ILogger logger, int spawnerId, string name);

    [LoggerMessage(4026, LogLevel.Warning, "{Count} named servers have names that are not allowed any more since JupyterHub 6 (JupyterHub:AllowExistingInvalidNamedServers)")]
    public static partial void InvalidNames(ILogger logger, int count);

    [LoggerMessage(4027, LogLevel.Warning, "Server {SpawnerId}: its row was deleted while it ran; it is stopped")]
    public static partial void Ownerless(ILogger logger, int spawnerId);
}
