using JupyterHub.Core.Configuration;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Writes the activity that has gathered, once a second and at the end: so much is lost at most when the process is killed.</summary>
internal sealed class ActivityFlush(PendingActivity pending, JupyterHubOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Ends the rounds and writes the rest.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!pending.IsAllWritten)
        {
            await pending.WriteAsync().WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!pending.IsAllWritten)
            {
                await pending.WriteAsync().WaitAsync(stoppingToken);
            }

            pending.NextRound(TimeSpan.FromSeconds(options.ActivityResolution));
        }
    }
}
