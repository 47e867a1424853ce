namespace JupyterHub.Proxy.ChpClient;

/// <summary>
/// Counts the time that others had to do something while this process was awake to notice it. A process that was halted, whose machine slept or
/// whose threads were all busy finds the clock far ahead: what had time then, and what was answered meanwhile, only waits to be looked at.
/// </summary>
internal sealed class AwakeTime(TimeProvider time)
{
    // A wait is made of parts, each of which goes the way of everything that this process notices, and counts once however long that took.
    // An answer takes a few such turns, of which there are many more before a wait is over.
    private const int Parts = 20;

    public TimeSpan Passed { get; private set; }

    /// <summary>Waits for a task, but no longer than this.</summary>
    public async Task WaitAsync(Task task, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var part = 0; part < Parts && !task.IsCompleted && !cancellationToken.IsCancellationRequested; part++)
        {
            if (await Task.WhenAny(task, Task.Delay(longest / Parts, time, over.Token)) != task)
            {
                Passed += longest / Parts;
            }
        }

        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, time, cancellationToken);
        Passed += pause;
    }
}
