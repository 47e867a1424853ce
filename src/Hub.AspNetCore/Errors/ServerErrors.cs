using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Errors;

/// <summary>Statuses of operations on servers that were refused or failed (contract 2.5).</summary>
internal static class ServerErrors
{
    public static int StatusOf(ServerOperationException refused) => refused.Kind switch
    {
        ServerOperationError.NotFound => 404,
        ServerOperationError.AlreadyExists => 409,
        ServerOperationError.TooManySpawning or ServerOperationError.TooManyActive => 429,
        ServerOperationError.OwnedElsewhere or ServerOperationError.ShuttingDown => 503,
        _ => 400,
    };

    public static HubHttpException From(ServerFailure failure) => new(
        failure.Reason switch
        {
            ServerFailureReason.Cancelled => 409,
            ServerFailureReason.ShuttingDown or ServerFailureReason.OwnershipLost => 503,
            _ => 500,
        },
        failure.Message);
}
