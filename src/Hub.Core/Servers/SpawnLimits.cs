using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Servers;

/// <summary>Refuses starts when too many are under way or too many servers are active (contract 2.5).</summary>
internal sealed class SpawnLimits(JupyterHubOptions options, HubMetrics metrics, ILogger<SpawnLimits> logger)
{
    /// <summary>Checks before a start is begun, and so before anything is written.</summary>
    /// <exception cref="ServerOperationException">A limit is reached.</exception>
    public void Check(IEnumerable<ServerStatus> statuses)
    {
        if (options.ConcurrentSpawnLimit <= 0 && options.ActiveServerLimit <= 0)
        {
            return;
        }

        var (active, starting) = (0, 0);
        foreach (var status in statuses)
        {
            active += status.IsActive ? 1 : 0;
            starting += status.Phase == ServerPhase.Starting ? 1 : 0;
        }

        if (options.ConcurrentSpawnLimit > 0 && starting >= options.ConcurrentSpawnLimit)
        {
            Log.TooManySpawning(logger, starting);
            metrics.SpawnRefused(SpawnOutcome.Throttled);
            throw TooManySpawning();
        }

        if (options.ActiveServerLimit > 0 && active >= options.ActiveServerLimit)
        {
            Log.TooManyActive(logger, active);
            metrics.SpawnRefused(SpawnOutcome.TooManyUsers);
            throw new ServerOperationException(ServerOperationError.TooManyActive, "Active user limit exceeded. Try again in a few minutes.");
        }
    }

    private ServerOperationException TooManySpawning()
    {
        // Spread at random, so that those who were refused do not all come back at the same moment.
        var least = options.SpawnThrottleRetryRange.Count > 0 ? options.SpawnThrottleRetryRange[0] : 30;
        var most = options.SpawnThrottleRetryRange.Count > 1 ? options.SpawnThrottleRetryRange[1] : Math.Max(least, 60);
        var seconds = Random.Shared.Next(least, Math.Max(least, most) + 1);
        var words = seconds <= 90 ? $"{(seconds + 9) / 10 * 10} seconds" : $"{(seconds + 30) / 60} minutes";
        return new ServerOperationException(ServerOperationError.TooManySpawning, $"Too many users trying to log in right now. Try again in {words}.")
        {
            RetryAfter = seconds,
        };
    }
}
