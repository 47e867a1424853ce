using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Servers;

/// <summary>How starts are counted in the metrics: an "error" is the server's or the hub's fault, a "failure" was decided by somebody.</summary>
internal static class SpawnOutcome
{
    public const string Throttled = "throttled";
    public const string TooManyUsers = "too-many-users";
    public const string AlreadyPending = "already-pending";

    public static void Record(HubMetrics metrics, ServerFailure? failure, long began)
    {
        var (status, reason) = failure?.Reason switch
        {
            null => ("success", ""),
            ServerFailureReason.Exited => ("error", "exited"),
            ServerFailureReason.TimedOut => ("error", "timed-out"),
            ServerFailureReason.Unresponsive => ("error", "unresponsive"),
            ServerFailureReason.RouteFailed => ("error", "route-failed"),
            ServerFailureReason.Refused => ("failure", "refused"),
            ServerFailureReason.Cancelled => ("failure", "cancelled"),
            ServerFailureReason.ShuttingDown => ("failure", "shutting-down"),
            ServerFailureReason.OwnershipLost => ("failure", "ownership-lost"),
            _ => ("error", ""),
        };
        metrics.Spawned(status, reason, began);
    }
}
