using System.Collections.Concurrent;
using System.Diagnostics;

namespace JupyterHub.Core.Processes;

/// <summary>The processes that this hub started itself, of which it can learn the exit status. The runtime reaps them.</summary>
internal sealed class Children
{
    private const int SignalBase = 128;
    private const int HighestSignal = 64;

    private readonly ConcurrentDictionary<ProcessIdentity, Process> processes = new();

    public void Add(ProcessIdentity identity, Process process) => processes[identity] = process;

    /// <summary>The exit status of a process that has ended; negative for a signal, null if it was not ours.</summary>
    public async Task<int?> ExitStatusOfAsync(ProcessIdentity identity, CancellationToken cancellationToken)
    {
        if (!processes.TryGetValue(identity, out var process))
        {
            return null;
        }

        // The process is dead; the runtime reaps it within moments and only then knows the status.
        await process.WaitForExitAsync(cancellationToken);
        // The runtime reports death by signal as shells do.
        var status = process.ExitCode;
        return status is > SignalBase and <= SignalBase + HighestSignal ? SignalBase - status : status;
    }

    public void Forget(ProcessIdentity identity)
    {
        if (processes.TryRemove(identity, out var process))
        {
            process.Dispose();
        }
    }
}
