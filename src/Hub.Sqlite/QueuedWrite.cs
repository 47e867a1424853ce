namespace JupyterHub.Sqlite;

/// <inheritdoc cref="IQueuedWrite"/>
internal sealed class QueuedWrite<T> : IQueuedWrite
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Cancelled = 2;

    private readonly Func<CancellationToken, Task<T>> write;
    private readonly CancellationToken cancellationToken;
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration registration;
    private int state;

    public QueuedWrite(Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        this.write = write;
        this.cancellationToken = cancellationToken;
        registration = cancellationToken.UnsafeRegister(static queued => ((QueuedWrite<T>)queued!).Cancel(), this);
    }

    public Task<T> Completion => completion.Task;

    public async Task RunAsync()
    {
        if (Interlocked.CompareExchange(ref state, Running, Waiting) != Waiting)
        {
            return;
        }

        await registration.DisposeAsync();
        try
        {
            completion.SetResult(await write(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            completion.SetCanceled(cancellationToken);
        }
#pragma warning disable CA1031 // Every failure belongs to the caller, and none may stop the queue.
        catch (Exception exception)
        {
            completion.SetException(exception);
        }
#pragma warning restore CA1031
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
        {
            completion.SetCanceled(cancellationToken);
        }
    }
}
