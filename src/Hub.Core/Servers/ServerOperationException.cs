using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Spawning.Choosing;

namespace JupyterHub.Core.Servers;

/// <summary>An operation on a server was not begun; nothing was changed. The message is for the client.</summary>
internal sealed class ServerOperationException(ServerOperationError kind, string message) : Exception(message)
{
    private const int MostProblems = 3;

    public ServerOperationError Kind { get; } = kind;

    /// <summary>Seconds after which it is worth trying again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What is wrong with the options that were chosen.</summary>
    public IReadOnlyList<StartOptionProblem> OptionProblems { get; init; } = [];

    public static ServerOperationException InvalidOptions(IReadOnlyList<StartOptionProblem> problems) =>
        new(ServerOperationError.InvalidOptions, string.Join(" ", problems.Take(MostProblems))) { OptionProblems = problems };

    public static ServerOperationException NoSuchUser() => new(ServerOperationError.NotFound, "No such user");

    public static ServerOperationException Forbidden(string rule) => new(ServerOperationError.AgainstRules, rule);

    public static ServerOperationException AlreadyExists(ServerKey key) => new(
        ServerOperationError.AlreadyExists,
        key.ServerName.Length == 0 ? $"User {key.UserName} already has a default server" : $"User {key.UserName} already has server '{key.ServerName}'");

    public static ServerOperationException Active(ServerKey key) =>
        new(ServerOperationError.Active, $"{key} is active. Please stop it before modifying it.");

    public static ServerOperationException Renaming() =>
        new(ServerOperationError.Pending, "Cannot stop a server while it is being renamed");

    public static ServerOperationException NoSuchServer(ServerKey key) =>
        new(ServerOperationError.NotFound, $"{LogText.Bound(key.UserName)} has no server named '{LogText.Bound(key.ServerName)}'");

    public static ServerOperationException AlreadyRunning(ServerKey key) =>
        new(ServerOperationError.AlreadyRunning, $"{key} is already running");

    public static ServerOperationException Pending(ServerKey key, ServerStatus status) =>
        new(status.Phase == ServerPhase.Starting ? ServerOperationError.Starting : ServerOperationError.Pending, $"{key} is pending {status.Pending}");

    public static ServerOperationException NotStarting(ServerKey key) =>
        new(ServerOperationError.NotStarting, $"{key} is not starting...");

    public static ServerOperationException OwnedElsewhere(ServerKey key) =>
        new(ServerOperationError.OwnedElsewhere, $"{key} is looked after by another hub");

    public static ServerOperationException NotCleanedUp(ServerKey key) =>
        new(ServerOperationError.NotCleanedUp, $"{key} ran before and could not be cleaned up yet; the hub's log says why");

    public static ServerOperationException ShuttingDown() => new(ServerOperationError.ShuttingDown, ServerFailure.ShuttingDown.Message);
}
