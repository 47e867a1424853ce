namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Changes that are written together.</summary>
internal sealed class JournalBatch
{
    // Waiters go on elsewhere: the one who writes has others' changes to write as well.
    private readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when they are written, or the journal has given up on them.</summary>
    public Task Written => written.Task;

    public void Complete() => written.TrySetResult();
}
