using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;

namespace JupyterHub.Core.Hosting;

/// <summary>The hub's regular work in the background, as one thing to start and stop.</summary>
internal sealed class HubMaintenance(ServerUpkeep upkeep, LeaseWatch leases, ExpiryPurge purge, ServiceHealth health, HubGauges gauges, HubPulse pulse)
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await upkeep.StartAsync(cancellationToken);
        await leases.StartAsync(cancellationToken);
        await purge.StartAsync(cancellationToken);
        await health.StartAsync(cancellationToken);
        await gauges.StartAsync(cancellationToken);
        await pulse.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await upkeep.StopAsync(cancellationToken);
        await leases.StopAsync(cancellationToken);
        await purge.StopAsync(cancellationToken);
        await health.StopAsync(cancellationToken);
        await gauges.StopAsync(cancellationToken);
        await pulse.StopAsync(cancellationToken);
    }
}
