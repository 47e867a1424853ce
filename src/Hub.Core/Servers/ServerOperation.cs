namespace JupyterHub.Core.Servers;

/// <summary>A start, stop or check that the supervisor has begun. It runs to its end whoever waits for it.</summary>
#pragma warning disable CA1001 // A source of cancellation without a timer holds nothing; when its last user lets go of it, nobody knows.
internal sealed class ServerOperation
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource<ServerFailure?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cancellation = new();
    private volatile ServerFailure? cancelledBecause;
    private volatile bool abandoned;

    /// <summary>Nothing had to be done.</summary>
    public static ServerOperation Done { get; } = CreateDone();

    /// <summary>Completes when the operation is over: null if it succeeded, otherwise why it failed. Never faults.</summary>
    public Task<ServerFailure?> Completion => completion.Task;

    /// <summary>Completes when the operation stands in the database; faults if it was refused there.</summary>
    public Task Recorded => recorded.Task;

    public CancellationToken Cancelled => cancellation.Token;

    public ServerFailure? CancelledBecause => cancelledBecause;

    /// <summary>The server now belongs to somebody else: neither it nor its rows may be touched any more.</summary>
    public bool IsAbandoned => abandoned;

    public void MarkRecorded() => recorded.TrySetResult();

    public void Refuse(ServerOperationException refusal)
    {
        recorded.TrySetException(refusal);
        // Whoever asked may have gone; an exception that nobody looks at is no error here.
        _ = recorded.Task.Exception;
    }

    public void Cancel(ServerFailure because)
    {
        cancelledBecause ??= because;
        cancellation.Cancel();
    }

    public void Abandon(ServerFailure because)
    {
        abandoned = true;
        Cancel(because);
    }

    public void Complete(ServerFailure? failure)
    {
        recorded.TrySetResult();
        completion.TrySetResult(failure);
    }

    private static ServerOperation CreateDone()
    {
        var done = new ServerOperation();
        done.Complete(null);
        return done;
    }
}
