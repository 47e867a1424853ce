using System.Collections.Concurrent;

namespace JupyterHub.Core.Servers;

/// <summary>The servers that this hub knows something of: those that run here, with which something is under way, or whose last start failed.</summary>
internal sealed class ServerRegistry(ServerTools tools)
{
    private readonly ConcurrentDictionary<ServerKey, ServerLifecycle> lifecycles = new();

    /// <summary>Held by whoever decides by what is known and adds to it, so that nothing comes between.</summary>
    public Lock Gate { get; } = new();

    public IEnumerable<ServerLifecycle> All => lifecycles.Values;

    public ServerLifecycle? Find(ServerKey key) => lifecycles.GetValueOrDefault(key);

    public ServerStatus StatusOf(ServerKey key) => Find(key)?.Status ?? ServerStatus.Stopped;

    /// <summary>Under the gate.</summary>
    public ServerLifecycle FindOrAdd(ServerKey key) => lifecycles.GetOrAdd(key, name => new ServerLifecycle(name, tools, Settle));

    /// <summary>The server with this row; of one that is being renamed there may be none or two.</summary>
    public List<ServerLifecycle> Of(int spawnerId) => [.. lifecycles.Values.Where(lifecycle => lifecycle.SpawnerId == spawnerId)];

    public IEnumerable<ServerLifecycle> Of(string userName) => lifecycles.Where(pair => pair.Key.UserName == userName).Select(pair => pair.Value);

    /// <summary>Forgets how the last start failed.</summary>
    public void Forget(ServerKey key)
    {
        lock (Gate)
        {
            if (lifecycles.TryGetValue(key, out var lifecycle) && !lifecycle.Status.IsActive)
            {
                lifecycles.TryRemove(lifecycle.Key, out _);
            }
        }
    }

    /// <summary>A stopped server of which nothing has to be remembered needs no memory.</summary>
    private void Settle(ServerLifecycle lifecycle)
    {
        lock (Gate)
        {
            if (lifecycle.Status is { IsActive: false, Failure: null })
            {
                lifecycles.TryRemove(KeyValuePair.Create(lifecycle.Key, lifecycle));
            }
        }
    }
}
