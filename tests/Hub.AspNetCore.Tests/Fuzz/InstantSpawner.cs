using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Servers that cost nothing: all of them are one that answers everything, so that a thousand starts take no time.</summary>
internal sealed class InstantSpawner(InstantSpawner.Upstream upstream) : ISpawner
{
    private readonly ConcurrentDictionary<string, bool> running = new();

    public Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        running[id] = true;
        return Task.FromResult(new SpawnedServer(upstream.Address, new JsonObject { ["id"] = id }));
    }

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) =>
        Task.FromResult(running.ContainsKey((string?)server.State["id"] ?? "") ? ServerCondition.Running : ServerCondition.Exited(0));

    public Task StopAsync(ServerReference server, CancellationToken cancellationToken)
    {
        running.TryRemove((string?)server.State["id"] ?? "", out _);
        return Task.CompletedTask;
    }

    /// <summary>Where all servers listen.</summary>
    internal sealed record Upstream(Uri Address);
}
