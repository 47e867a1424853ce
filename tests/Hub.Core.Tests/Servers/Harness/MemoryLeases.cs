using System.Collections.Concurrent;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>Leases of several hubs in memory; each hub has its own view.</summary>
internal sealed class MemoryLeases(ConcurrentDictionary<int, string> holders, string hub) : IServerLeases
{
    public MemoryLeases() : this(new ConcurrentDictionary<int, string>(), "this")
    {
    }

    /// <summary>Runs before a lease is asked for.</summary>
    public Func<Task>? OnAcquire { get; set; }

    public ConcurrentDictionary<int, string> Holders => holders;

    public async Task<bool> TryAcquireAsync(int spawnerId, CancellationToken cancellationToken)
    {
        if (OnAcquire is not null)
        {
            await OnAcquire();
        }

        return holders.GetOrAdd(spawnerId, hub) == hub;
    }

    public Task<bool> HoldsAsync(HubDbContext context, int spawnerId, CancellationToken cancellationToken) =>
        Task.FromResult(holders.TryGetValue(spawnerId, out var holder) && holder == hub);

    public Task ReleaseAsync(int spawnerId, CancellationToken cancellationToken)
    {
        holders.TryRemove(KeyValuePair.Create(spawnerId, hub));
        return Task.CompletedTask;
    }
}
