namespace JupyterHub.Core.Servers;

/// <summary>Which hub owns a server's life. Only the owner starts, watches and stops it and writes its rows.</summary>
internal interface IServerLeases
{
    /// <summary>Takes or keeps the lease; false while another living hub has it.</summary>
    Task<bool> TryAcquireAsync(int spawnerId, CancellationToken cancellationToken);

    /// <summary>Gives the lease back, so that the next hub need not wait for it to expire.</summary>
    Task ReleaseAsync(int spawnerId, CancellationToken cancellationToken);
}
