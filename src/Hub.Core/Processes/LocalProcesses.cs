using System.ComponentModel;
using System.Diagnostics;
using JupyterHub.Core.Spawning;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Processes;

/// <summary>Starts and ends processes that lead a session of their own.</summary>
internal sealed class LocalProcesses(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan DeathPoll = TimeSpan.FromMilliseconds(50);

    private readonly Children children = new();

    /// <summary>Starts a command that waits to be let go; until then nothing of it is lost when the hub dies.</summary>
    /// <param name="command">What <see cref="DetachedCommand"/> built.</param>
    /// <param name="what">Whose process it is, for the message.</param>
    /// <exception cref="SpawnException">The system starts no process.</exception>
    public (ProcessIdentity Identity, Process Process) Launch(ProcessStartInfo command, string what)
    {
        Process process;
        try
        {
            InheritedFiles.KeepFromChildren();
            process = Process.Start(command)!;
        }
        catch (Win32Exception exception)
        {
            throw new SpawnException($"The system could not start a process for {what}: {exception.Message}", exception);
        }

        process.StandardOutput.Close();
        process.StandardError.Close();
        // A child stays visible until it is reaped; one that is gone that fast cannot be told from another, so it is not kept.
        var identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, 0, null);
        children.Add(identity, process);
        return (identity, process);
    }

    /// <summary>The process is known for good: the waiting shell may become the program.</summary>
    public static async Task LetGoAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteLineAsync();
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died while it waited; the next look finds out.
        }
    }

    /// <summary>The exit status of a process that has ended; negative for a signal, null if this hub did not start it.</summary>
    public Task<int?> ExitStatusOfAsync(ProcessIdentity identity, CancellationToken cancellationToken) => children.ExitStatusOfAsync(identity, cancellationToken);

    /// <summary>Ends a process with all of its session, politely first.</summary>
    /// <exception cref="IOException">The process outlived SIGKILL.</exception>
    /// <exception cref="Win32Exception">The hub may not signal the process.</exception>
    public Task StopAsync(ProcessIdentity identity, ProcessMark mark, StopPatience patience, CancellationToken cancellationToken) => StopAsync(
        identity, mark, [(Signals.Interrupt, patience.Interrupt), (Signals.Terminate, patience.Terminate), (Signals.Kill, patience.Kill)], cancellationToken);

    /// <summary>Ends a process with all of its session by these signals, each with the time it has before the next.</summary>
    /// <exception cref="IOException">The process outlived the last of them.</exception>
    /// <exception cref="Win32Exception">The hub may not signal the process.</exception>
    public async Task StopAsync(ProcessIdentity identity, ProcessMark mark, IReadOnlyList<(int Signal, TimeSpan Patience)> signals, CancellationToken cancellationToken)
    {
        foreach (var (signal, patience) in signals)
        {
            if (await EndsAfterAsync(signal, patience, identity, mark, cancellationToken))
            {
                CleanUp(identity, mark);
                return;
            }
        }

        throw new IOException($"Process {identity.Pid} still runs after the last signal, {signals[^1].Signal}.");
    }

    /// <summary>Ends what a dead process left behind in its session, such as a shell in a terminal.</summary>
    public void CleanUp(ProcessIdentity leader, ProcessMark mark)
    {
        children.Forget(leader);
        foreach (var member in SessionMembers.Of(leader.Pid, mark))
        {
            Log.Signalled(logger, member, Signals.Kill);
            Signals.Send(member, Signals.Kill);
        }
    }

    private async Task<bool> EndsAfterAsync(int signal, TimeSpan limit, ProcessIdentity identity, ProcessMark mark, CancellationToken cancellationToken)
    {
        if (!identity.IsAlive(mark))
        {
            return true;
        }

        Log.Signalled(logger, identity.Pid, signal);
        Signals.SendToGroup(identity.Pid, signal);
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < limit;)
        {
            if (!identity.IsAlive(mark))
            {
                return true;
            }

            await Task.Delay(DeathPoll, time, cancellationToken);
        }

        return !identity.IsAlive(mark);
    }
}
