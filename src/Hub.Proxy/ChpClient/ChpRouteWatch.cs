using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>A proxy that somebody else runs: one that was restarted has lost its routes, which is noticed by the absence of one that should be there.</summary>
internal sealed class ChpRouteWatch(Func<CancellationToken, Task<bool>> hasRoutes, ChpSettings settings, TimeProvider time, ILogger logger) : IChpWatch
{
    private readonly CancellationTokenSource stopping = new();
    private Task watch = Task.CompletedTask;

    // Until all were added again: some that were may hide that others were not.
    private bool isOwingRoutes;

    public Task StartAsync(Func<CancellationToken, Task> restore, CancellationToken cancellationToken)
    {
        watch = Task.Run(() => WatchAsync(restore), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(bool cleanUp, CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await watch;
    }

    public void Dispose() => stopping.Dispose();

    private async Task WatchAsync(Func<CancellationToken, Task> restore)
    {
        using var timer = new PeriodicTimer(settings.CheckRunningInterval, time);
        var isAway = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                isAway = await LookAsync(restore, isAway);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task<bool> LookAsync(Func<CancellationToken, Task> restore, bool isAway)
    {
        try
        {
            if (isOwingRoutes || !await hasRoutes(stopping.Token))
            {
                if (!isOwingRoutes)
                {
                    Log.RoutesLost(logger);
                }

                isOwingRoutes = true;
                await restore(stopping.Token);
                isOwingRoutes = false;
                Log.Restored(logger);
            }

            if (isAway)
            {
                Log.Back(logger);
            }

            return false;
        }
#pragma warning disable CA1031 // A proxy or database that is away now may be back at the next look.
        catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (!isAway)
            {
                Log.Away(logger, problem);
            }

            return true;
        }
    }
}
