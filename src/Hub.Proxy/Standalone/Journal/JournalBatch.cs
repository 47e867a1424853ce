namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Changes that are written together.</summary>
internal sealed class JournalBatch
{
    private readonly Lock gate = new();
    private TaskCompletionSource? written;
    private bool isWritten;

    public bool IsWritten => Volatile.Read(ref isWritten);

    /// <summary>Done when they are written, or the journal has given up on them. Mostly they are before anybody waits.</summary>
    public Task Written
    {
        get
        {
            lock (gate)
            {
                // Waiters go on elsewhere: the one who writes has others' changes to write as well.
                return isWritten ? Task.CompletedTask : (written ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    public void Complete()
    {
        TaskCompletionSource? waited;
        lock (gate)
        {
            isWritten = true;
            waited = written;
        }

        waited?.TrySetResult();
    }
}
