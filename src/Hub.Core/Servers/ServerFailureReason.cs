namespace JupyterHub.Core.Servers;

/// <summary>Why an operation on a server failed.</summary>
internal enum ServerFailureReason
{
    /// <summary>Somebody stopped the server while it was starting.</summary>
    Cancelled,

    /// <summary>The hub shut down.</summary>
    ShuttingDown,

    /// <summary>The spawner refused, with a reason for the owner.</summary>
    Refused,

    /// <summary>The spawner did not come back within the start timeout.</summary>
    TimedOut,

    /// <summary>The server ended before it answered.</summary>
    Exited,

    /// <summary>The server runs but did not answer within the HTTP timeout.</summary>
    Unresponsive,

    /// <summary>The proxy took no route.</summary>
    RouteFailed,

    /// <summary>The server could not be stopped and still runs.</summary>
    StopFailed,

    /// <summary>Another hub took the server over.</summary>
    OwnershipLost,

    /// <summary>Something unforeseen; the hub's log has the exception.</summary>
    Internal,
}
