using JupyterHub.Core.Services;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalServices;

/// <summary>A service's process that this hub started.</summary>
internal sealed class ServiceProcess(string name, ProcessIdentity identity, LocalProcesses processes, ServiceRecords records, TimeProvider time, ILogger logger) : IServiceProcess
{
    /// <summary>Together less than a stopping host waits for everything.</summary>
    public static readonly StopPatience Patience = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly ProcessMark mark = ProcessMark.OfService(name);

    public int Pid => identity.Pid;

    public async Task<ServerCondition> WaitForExitAsync(CancellationToken cancellationToken)
    {
        var exit = processes.ExitStatusOfAsync(identity, cancellationToken);
        while (await Task.WhenAny(exit, Task.Delay(LogInterval, time, cancellationToken)) != exit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrimLog();
        }

        var status = await exit;
        processes.CleanUp(identity, mark);
        records.Remove(name);
        return ServerCondition.Exited(status, records.TailOfLog(name));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await processes.StopAsync(identity, mark, Patience, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The hub has no more time; better killed than left behind.
            Signals.SendToGroup(identity.Pid, Signals.Kill);
            await processes.StopAsync(identity, mark, default(StopPatience) with { Kill = Patience.Kill }, CancellationToken.None);
        }

        records.Remove(name);
    }

    private void TrimLog()
    {
        try
        {
            records.TrimLog(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogNotTrimmed(logger, exception);
        }
    }
}
