namespace JupyterHub.Core.Data;

/// <summary>The newest version known, and whoever waits for the next one.</summary>
internal sealed class ChangeSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSource();
    private long version;
    private long commits;

    public long Version => Volatile.Read(ref version);

    /// <summary>Commits noticed so far, of this process or another one.</summary>
    public long Commits => Volatile.Read(ref commits);

    public void CountCommit() => Interlocked.Increment(ref commits);

    /// <summary>Versions only grow: one that was read before another commit and arrives after it changes nothing.</summary>
    public void Advance(long to)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (to <= version)
            {
                return;
            }

            Volatile.Write(ref version, to);
            waiting = changed;
            changed = NewSource();
        }

        waiting.SetResult();
    }

    public async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (version != known)
                {
                    return;
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
