namespace JupyterHub.Core.Servers;

/// <summary>Carries a failure from the step that met it to the operation that it ends.</summary>
internal sealed class ServerFailureException(ServerFailure failure, Exception? innerException = null) : Exception(failure.Message, innerException)
{
    public ServerFailure Failure { get; } = failure;
}
