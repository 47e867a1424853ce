using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Diagnostics;

/// <summary>
/// Measures how late a timer's tick is served, which is how long any other work that is due has to wait for a thread. .NET has no event
/// loop; this is what comes closest to it.
/// </summary>
internal sealed class HubPulse(HubMetrics metrics, TimeProvider time, ILogger<HubPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var last = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetTimestamp();
            var delay = DelayOf(time.GetElapsedTime(last, now));
            last = now;
            metrics.Ticked(delay);
            if (delay >= Late)
            {
                Log.Late(logger, delay.TotalSeconds);
            }
        }
    }

    /// <summary>What is shorter than a tick cannot be told apart from one.</summary>
    internal static TimeSpan DelayOf(TimeSpan elapsed) => elapsed < 2 * Interval ? Interval : elapsed - Interval;
}
