namespace JupyterHub.Core.Servers;

/// <summary>An operation on a server was not begun; nothing was changed. The message is for the client.</summary>
internal sealed class ServerOperationException(ServerOperationError kind, string message) : Exception(message)
{
    public ServerOperationError Kind { get; } = kind;

    /// <summary>Seconds after which it is worth trying again.</summary>
    public int? RetryAfter { get; init; }

    public static ServerOperationException NoSuchUser() => new(ServerOperationError.NotFound, "No such user");

    public static ServerOperationException NoSuchServer(ServerKey key) =>
        new(ServerOperationError.NotFound, $"{key.UserName} has no server named '{key.ServerName}'");

    public static ServerOperationException AlreadyRunning(ServerKey key) =>
        new(ServerOperationError.AlreadyRunning, $"{key} is already running");

    public static ServerOperationException Pending(ServerKey key, ServerStatus status) =>
        new(ServerOperationError.Pending, $"{key} is pending {status.Pending}");

    public static ServerOperationException NotStarting(ServerKey key) =>
        new(ServerOperationError.NotStarting, $"{key} is not starting...");

    public static ServerOperationException OwnedElsewhere(ServerKey key) =>
        new(ServerOperationError.OwnedElsewhere, $"{key} is looked after by another hub");

    public static ServerOperationException NotCleanedUp(ServerKey key) =>
        new(ServerOperationError.NotCleanedUp, $"{key} ran before and could not be cleaned up yet; the hub's log says why");

    public static ServerOperationException ShuttingDown() => new(ServerOperationError.ShuttingDown, ServerFailure.ShuttingDown.Message);
}
