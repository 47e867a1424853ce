using JupyterHub.Core.Data;

namespace JupyterHub.Sqlite;

/// <inheritdoc cref="IQueuedWrite"/>
internal sealed class QueuedWrite<T> : IQueuedWrite
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Cancelled = 2;

    private readonly Func<HubDbContext, CancellationToken, Task<T>> write;
    private readonly CancellationToken cancellationToken;
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration registration;
    private int state;
    private T? result;

    public QueuedWrite(Func<HubDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        this.write = write;
        this.cancellationToken = cancellationToken;
        registration = cancellationToken.UnsafeRegister(static queued => ((QueuedWrite<T>)queued!).Cancel(), this);
    }

    public Task<T> Completion => completion.Task;

    public bool TryStart()
    {
        if (Interlocked.CompareExchange(ref state, Running, Waiting) != Waiting)
        {
            return false;
        }

        registration.Unregister();
        return true;
    }

    public async Task RunAsync(HubDbContext context)
    {
        result = await write(context, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    public void Succeed() => completion.TrySetResult(result!);

    public void Fail(Exception exception)
    {
        if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            completion.TrySetCanceled(cancellationToken);
        }
        else
        {
            completion.TrySetException(exception);
        }
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
        {
            completion.SetCanceled(cancellationToken);
        }
    }
}
