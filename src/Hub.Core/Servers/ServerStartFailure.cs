using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <summary>Turns what ended a start into what its owner may read.</summary>
internal static class ServerStartFailure
{
    private const int MaxLength = 4000;

    public static ServerFailure Describe(ServerTools tools, ServerOperation operation, ServerRecord? record, Exception exception)
    {
        var failure = exception switch
        {
            ServerOperationException refused => Refuse(operation, refused),
            // A spawner may answer a cancelled start with an error of its own.
            _ when operation.CancelledBecause is { } because => because,
            ServerFailureException known => Known(operation, known.Failure),
            SpawnException refused => new ServerFailure(ServerFailureReason.Refused, refused.Message),
            _ => new ServerFailure(ServerFailureReason.Internal, "Unhandled error while starting the server; the hub's log has details."),
        };
        if (failure.Reason == ServerFailureReason.Internal)
        {
            Log.StartError(tools.Logger, record?.SpawnerId ?? 0, exception);
        }
        else
        {
            Log.StartFailed(tools.Logger, record?.SpawnerId ?? 0, failure.Reason);
        }

        return failure.Message.Length <= MaxLength ? failure : failure with { Message = failure.Message[..MaxLength] };
    }

    private static ServerFailure Known(ServerOperation operation, ServerFailure failure)
    {
        if (failure.Reason == ServerFailureReason.OwnershipLost)
        {
            // Whatever was started is the other hub's to judge.
            operation.Abandon(failure);
        }

        return failure;
    }

    private static ServerFailure Refuse(ServerOperation operation, ServerOperationException refused)
    {
        operation.Refuse(refused);
        return new ServerFailure(ServerFailureReason.OwnershipLost, refused.Message);
    }
}
