using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

/// <summary>Who looks after which server. One hub does at a time; what others find taken they leave alone.</summary>
internal sealed class ServerLeases(IHubDatabase database, HubInstanceRegistry registry, TimeProvider time, ILogger<ServerLeases> logger)
{
    /// <summary>Takes the server in a write of its own; false while another live hub has it.</summary>
    public Task<bool> TryAcquireAsync(int spawnerId, CancellationToken cancellationToken) =>
        database.WriteAsync((context, cancel) => TryAcquireAsync(context, spawnerId, cancel), cancellationToken);

    /// <summary>Takes the server inside a write, together with what else that write records; false while another live hub has it.</summary>
    public async Task<bool> TryAcquireAsync(HubDbContext context, int spawnerId, CancellationToken cancellationToken)
    {
        var lease = await context.ServerLeases.FirstOrDefaultAsync(row => row.SpawnerId == spawnerId, cancellationToken);
        var now = time.GetHubTime();
        if (lease is not null && lease.InstanceId != registry.Identity.Id)
        {
            var holder = await context.Instances.AsNoTracking().FirstOrDefaultAsync(row => row.Id == lease.InstanceId, cancellationToken);
            if (holder is not null && lease.ExpiresAt > now && !registry.IsGone(holder))
            {
                return false;
            }

            HostingLog.LeaseTaken(logger, spawnerId, lease.InstanceId);
        }

        await registry.RegisterAsync(context, cancellationToken);
        lease ??= context.ServerLeases.Add(new ServerLease { SpawnerId = spawnerId, InstanceId = "" }).Entity;
        lease.InstanceId = registry.Identity.Id;
        lease.ExpiresAt = now + LeaseTimes.Length;
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Whether this hub still has the server. Asked inside the write that acts on it, a hub that was overtaken cannot act.</summary>
    public Task<bool> HoldsAsync(HubDbContext context, int spawnerId, CancellationToken cancellationToken) =>
        context.ServerLeases.AnyAsync(row => row.SpawnerId == spawnerId && row.InstanceId == registry.Identity.Id, cancellationToken);

    /// <summary>The ids of the servers that this hub has.</summary>
    public async Task<IReadOnlySet<int>> ListHeldAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        async (context, cancel) => (await context.ServerLeases.Where(row => row.InstanceId == registry.Identity.Id).Select(row => row.SpawnerId).ToListAsync(cancel)).ToHashSet(),
        cancellationToken);

    /// <summary>Lets go of a server inside a write; one that this hub does not have stays whose it is.</summary>
    public Task ReleaseAsync(HubDbContext context, int spawnerId, CancellationToken cancellationToken) =>
        context.ServerLeases.Where(row => row.SpawnerId == spawnerId && row.InstanceId == registry.Identity.Id).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Lets go of a server in a write of its own.</summary>
    public Task ReleaseAsync(int spawnerId, CancellationToken cancellationToken) =>
        database.WriteAsync((context, cancel) => ReleaseAsync(context, spawnerId, cancel), cancellationToken);
}
