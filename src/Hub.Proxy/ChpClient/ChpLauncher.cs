using System.ComponentModel;
using System.Diagnostics;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Processes;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Spawning;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Starts the proxy's process, finds one that an earlier hub left, and ends it.</summary>
internal sealed class ChpLauncher(ChpSettings settings, HubAddresses addresses, HubDataFolder folder, ChpApiClient api, TimeProvider time, ILogger logger)
{
    private static readonly IReadOnlyList<(int Signal, TimeSpan Patience)> StopSignals =
    [
        (Signals.Terminate, TimeSpan.FromSeconds(5)), (Signals.Terminate, TimeSpan.FromSeconds(5)), (Signals.Kill, TimeSpan.FromSeconds(5)),
    ];

    private readonly ChpCommand command = new(settings, addresses);
    private readonly ChpLog log = new(folder);
    private readonly ChpReadiness readiness = new(settings, api, time);
    private readonly LocalProcesses processes = new(time, logger);
    private readonly ProcessMark mark = ProcessMark.OfProxy(settings.PidFile);
    private readonly ProcessIdentity? self = ProcessIdentity.Of(Environment.ProcessId);

    /// <summary>The proxy that an earlier hub left running, if it is as this one would start it; any other is ended.</summary>
    /// <exception cref="HubStartupException">It is another running hub's, or cannot be ended.</exception>
    public async Task<ChpProcess?> FindAsync(CancellationToken cancellationToken)
    {
        if (FileTrust.Doubt(settings.PidFile) is { } doubt)
        {
            Log.PidFileDoubted(logger, settings.PidFile, doubt);
        }

        if (ChpRecord.Read(settings.PidFile) is not { } record)
        {
            return null;
        }

        if (!record.Process.IsAlive(mark))
        {
            processes.CleanUp(record.Process, mark);
            ForgetPid();
            return null;
        }

        if (record.Owner is { } owner && owner.Pid != self?.Pid && owner.IsAlive(mark))
        {
            throw new HubStartupException(
                $"The proxy {record.Process.Pid} ({settings.PidFile}) belongs to the hub {owner.Pid}, which runs. Stop that one; or let one proxy stand in front of both (JupyterHub:Proxy:ShouldStart false).");
        }

        if (record.Fingerprint == command.Fingerprint && await readiness.AnswersAsync(cancellationToken))
        {
            (record with { Owner = self }).Save(settings.PidFile);
            Log.Found(logger, record.Process.Pid, settings.PublicUrl!);
            return new ChpProcess(record.Process, IsChild: false, time.GetTimestamp());
        }

        Log.Stale(logger, record.Process.Pid);
        await EndAsync(record.Process, cancellationToken);
        return null;
    }

    /// <summary>Starts the proxy, and waits until it listens.</summary>
    /// <exception cref="HubStartupException">It cannot be started, ended at once, or did not listen in time; nothing of it is left.</exception>
    public async Task<ChpProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = await LaunchAsync();
        try
        {
            await readiness.WaitAsync(process.Identity, mark, LastLines, cancellationToken);
        }
        catch
        {
            await EndAsync(process.Identity, CancellationToken.None);
            throw;
        }

        Log.Started(logger, process.Identity.Pid, settings.PublicUrl!);
        return process;
    }

    /// <summary>Waits until a proxy has ended, and tells with which status; null if that is not known.</summary>
    public async Task<int?> WaitForExitAsync(ChpProcess process, CancellationToken cancellationToken)
    {
        var exit = process.IsChild ? processes.ExitStatusOfAsync(process.Identity, cancellationToken) : Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        while (process.Identity.IsAlive(mark))
        {
            if (await Task.WhenAny(exit, Task.Delay(settings.CheckRunningInterval, time, cancellationToken)) == exit)
            {
                break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            log.Trim(logger);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var status = await processes.ExitStatusOfAsync(process.Identity, cancellationToken);
        processes.CleanUp(process.Identity, mark);
        ForgetPid();
        return status;
    }

    /// <summary>The last words of the proxy, without its token.</summary>
    public string LastLines() => log.Tail(settings.Endpoint.Token);

    /// <summary>Ends a proxy, politely first; at once when cancelled.</summary>
    /// <exception cref="HubStartupException">It cannot be ended.</exception>
    public async Task EndAsync(ProcessIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            await StopAsync(identity, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or Win32Exception)
        {
            throw new HubStartupException($"The proxy {identity.Pid} ({settings.PidFile}) cannot be ended: {problem.Message}", problem);
        }

        ForgetPid();
    }

    private async Task StopAsync(ProcessIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            await processes.StopAsync(identity, mark, StopSignals, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // No time is left; better killed than left behind.
            await processes.StopAsync(identity, mark, [StopSignals[^1]], CancellationToken.None);
        }
    }

    /// <summary>Leaves a proxy to the next hub.</summary>
    public void Leave(ChpProcess process) => new ChpRecord(process.Identity, command.Fingerprint, Owner: null).Save(settings.PidFile);

    // It names a process that is gone, which whoever reads it finds out: no reason to be without a proxy.
    private void ForgetPid()
    {
        try
        {
            File.Delete(settings.PidFile);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Log.PidFileNotDeleted(logger, settings.PidFile, problem.Message);
        }
    }

    private async Task<ChpProcess> LaunchAsync()
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new HubStartupException("The hub starts a proxy on Linux only; start it yourself, and set JupyterHub:Proxy:ShouldStart to false.");
            }

            ListenerCheck.Require(settings);
            var variables = command.Environment();
            var program = command.Arguments[0];
            if (!Programs.IsThere(program, variables.GetValueOrDefault("PATH"), Environment.CurrentDirectory))
            {
                throw new HubStartupException(
                    $"The proxy's program `{program}` was not found, or is not executable. Install it, set JupyterHub:Proxy:Command to another, or start the proxy yourself (JupyterHub:Proxy:ShouldStart false).");
            }

            var start = await DetachedCommand.BuildAsync(command.Arguments, Environment.CurrentDirectory, switchTo: null, variables, log.Begin(), settings.CommandUmask);
            var (identity, process) = processes.Launch(start, "the proxy");
            return await LetGoAsync(identity, process);
        }
        catch (Exception problem) when (problem is SpawnException or IOException or UnauthorizedAccessException)
        {
            throw new HubStartupException($"The proxy cannot be started: {problem.Message}", problem);
        }
    }

    private async Task<ChpProcess> LetGoAsync(ProcessIdentity identity, Process process)
    {
        try
        {
            new ChpRecord(identity, command.Fingerprint, self).Save(settings.PidFile);
            await LocalProcesses.LetGoAsync(process);
            return new ChpProcess(identity, IsChild: true, time.GetTimestamp());
        }
        catch
        {
            Signals.SendToGroup(identity.Pid, Signals.Kill);
            throw;
        }
    }
}
