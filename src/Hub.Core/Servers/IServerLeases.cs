using JupyterHub.Core.Data;

namespace JupyterHub.Core.Servers;

/// <summary>Which hub owns a server's life. Only the owner starts, watches and stops it and writes its rows.</summary>
internal interface IServerLeases
{
    /// <summary>Takes or keeps the lease; false while another living hub has it.</summary>
    Task<bool> TryAcquireAsync(int spawnerId, CancellationToken cancellationToken);

    /// <summary>Whether this hub still has the lease. Asked inside the write that acts on it, a hub that was overtaken cannot act.</summary>
    Task<bool> HoldsAsync(HubDbContext context, int spawnerId, CancellationToken cancellationToken);

    /// <summary>Gives the lease back, so that the next hub need not wait for it to expire.</summary>
    Task ReleaseAsync(int spawnerId, CancellationToken cancellationToken);
}
