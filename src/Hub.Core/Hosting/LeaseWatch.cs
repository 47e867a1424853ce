using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

/// <summary>Notices that another hub took servers over, which happens only to a hub that could not renew its leases in time, and lets go of them.</summary>
internal sealed class LeaseWatch(IHubDatabase database, ServerLeases leases, ServerSupervisor supervisor, ILogger<LeaseWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Captured before looking: a change in between is looked at again.
            var version = database.ChangeVersion;
            await LookAsync(stoppingToken);
            await database.WaitForChangeAsync(version, stoppingToken);
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var running = Running();
            if (running.Count == 0)
            {
                return;
            }

            var held = await leases.ListHeldAsync(cancellationToken);

            // A server that stopped meanwhile gave its lease back itself; only one that still runs without a lease was lost.
            foreach (var spawnerId in running.Where(id => !held.Contains(id)).Intersect(Running()))
            {
                await supervisor.LoseAsync(spawnerId, cancellationToken);
            }
        }
#pragma warning disable CA1031 // A database that is away for a moment must not end the watch.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            HostingLog.LeaseWatchFailed(logger, problem);
        }
    }

    private HashSet<int> Running() => supervisor.Running.Select(record => record.SpawnerId).ToHashSet();
}
