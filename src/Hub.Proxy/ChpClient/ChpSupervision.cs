using JupyterHub.Core.Hosting;
using JupyterHub.Core.Services;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>A proxy that the hub runs: found or started, started again when it ends or answers no more, stopped or left to the next hub.</summary>
internal sealed class ChpSupervision(ChpLauncher launcher, ChpPulse pulse, ChpSettings settings, TimeProvider time, ILogger logger) : IChpWatch
{
    private readonly CancellationTokenSource stopping = new();
    private readonly RestartPauses pauses = new();
    private ChpProcess? process;
    private Task supervision = Task.CompletedTask;

    public async Task StartAsync(Func<CancellationToken, Task> restore, CancellationToken cancellationToken)
    {
        process = await launcher.FindAsync(cancellationToken) ?? await launcher.StartAsync(cancellationToken);
        supervision = Task.Run(() => SuperviseAsync(restore), CancellationToken.None);
    }

    public async Task StopAsync(bool cleanUp, CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await supervision;
        if (process is not { } running)
        {
            return;
        }

        process = null;
        if (cleanUp)
        {
            await EndAsync(running, cancellationToken);
        }
        else
        {
            launcher.Leave(running);
            Log.Left(logger, running.Identity.Pid);
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task EndAsync(ChpProcess running, CancellationToken cancellationToken)
    {
        try
        {
            await launcher.EndAsync(running.Identity, cancellationToken);
            Log.Stopped(logger, running.Identity.Pid);
        }
        catch (HubStartupException problem)
        {
            // The rest of the hub must go down nevertheless.
            Log.NotStopped(logger, problem.Message);
        }
    }

    private async Task SuperviseAsync(Func<CancellationToken, Task> restore)
    {
        var restoring = new Restoration(restore, settings.CheckRunningInterval, time, logger);
        try
        {
            while (true)
            {
                if (await TryWaitForEndAsync())
                {
                    await restoring.CancelAsync();
                    await RestartAsync();
                    restoring.Begin(stopping.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            await restoring.CancelAsync();
        }
    }

    /// <summary>False where looking after the proxy failed, and has to begin anew.</summary>
    private async Task<bool> TryWaitForEndAsync()
    {
        try
        {
            var running = process!;
            await WaitForEndAsync(running);
            process = null;

            // Whoever ran well is missed by many people: at once. Whoever keeps ending is given pauses.
            var ran = time.GetElapsedTime(running.Began);
            var pause = pauses.After(ran);
            await Task.Delay(ran >= RestartPauses.RanWell ? TimeSpan.Zero : pause, time, stopping.Token);
            return true;
        }
#pragma warning disable CA1031 // Whatever it was, a hub that looks after its proxy no more would not notice its end.
        catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotWatched(logger, problem);
            await Task.Delay(settings.CheckRunningInterval, time, stopping.Token);
            return process is null;
        }
    }

    private async Task WaitForEndAsync(ChpProcess running)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var exit = launcher.WaitForExitAsync(running, either.Token);
        var silence = pulse.WaitForSilenceAsync(running.Identity.Pid, either.Token);
        var first = await Task.WhenAny(exit, silence);
        await either.CancelAsync();
        await Task.WhenAll(exit, silence).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Token.ThrowIfCancellationRequested();
        if (exit.IsCompletedSuccessfully)
        {
            Log.Exited(logger, running.Identity.Pid, await exit, launcher.LastLines());
            return;
        }

        await first;
        Log.Hung(logger, running.Identity.Pid, settings.SilencePatience.TotalSeconds, launcher.LastLines());
        await launcher.EndAsync(running.Identity, stopping.Token);
    }

    private async Task RestartAsync()
    {
        while (true)
        {
            try
            {
                process = await launcher.StartAsync(stopping.Token);
                return;
            }
#pragma warning disable CA1031 // Whatever keeps it from starting (a program that is being replaced, a port not yet free) may pass.
            catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                var pause = pauses.After(TimeSpan.Zero);
                Log.NotStarted(logger, pause.TotalSeconds, problem.Message);
                await Task.Delay(pause, time, stopping.Token);
            }
        }
    }
}
