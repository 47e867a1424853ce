using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Hosting;

/// <summary>Gives the supervisor the leases that this process holds in the database.</summary>
internal sealed class SupervisorLeases(ServerLeases leases) : IServerLeases
{
    public Task<bool> TryAcquireAsync(int spawnerId, CancellationToken cancellationToken) => leases.TryAcquireAsync(spawnerId, cancellationToken);

    public Task<bool> HoldsAsync(HubDbContext context, int spawnerId, CancellationToken cancellationToken) => leases.HoldsAsync(context, spawnerId, cancellationToken);

    public Task ReleaseAsync(int spawnerId, CancellationToken cancellationToken) => leases.ReleaseAsync(spawnerId, cancellationToken);
}
