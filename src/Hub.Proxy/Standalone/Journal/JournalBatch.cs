namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Changes that are written together.</summary>
internal sealed class JournalBatch
{
    private static readonly TaskCompletionSource Done = MakeDone();

    // Made by whoever waits first, which mostly nobody does: it is written before.
    private TaskCompletionSource? written;

    public bool IsWritten => ReferenceEquals(Volatile.Read(ref written), Done);

    /// <summary>Done when they are written, or the journal has given up on them.</summary>
    public Task Written
    {
        get
        {
            if (Volatile.Read(ref written) is { } known)
            {
                return known.Task;
            }

            // Waiters go on elsewhere: the one who writes has others' changes to write as well.
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref written, waiting, null) ?? waiting).Task;
        }
    }

    public void Complete() => Interlocked.Exchange(ref written, Done)?.TrySetResult();

    private static TaskCompletionSource MakeDone()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
