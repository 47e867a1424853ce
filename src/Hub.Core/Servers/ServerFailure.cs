namespace JupyterHub.Core.Servers;

/// <summary>Why an operation failed, in words that the server's owner may read.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Message">What happened; may end in the last lines of the server's log.</param>
internal sealed record ServerFailure(ServerFailureReason Reason, string Message)
{
    public static ServerFailure Cancelled { get; } = new(ServerFailureReason.Cancelled, "Spawn cancelled");

    public static ServerFailure ShuttingDown { get; } = new(ServerFailureReason.ShuttingDown, "The hub is shutting down.");

    public static ServerFailure OwnershipLost { get; } = new(ServerFailureReason.OwnershipLost, "Another hub has taken this server over.");

    /// <summary>Pages and progress remember a failed start, but not one that its owner cancelled.</summary>
    public bool IsRemembered => Reason is not (ServerFailureReason.Cancelled or ServerFailureReason.OwnershipLost or ServerFailureReason.StopFailed);
}
