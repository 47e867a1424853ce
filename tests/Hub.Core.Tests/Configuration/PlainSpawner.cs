using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>A third party's spawner, as registration sees it.</summary>
internal sealed class PlainSpawner(SpawnerOptions options) : ISpawner
{
    public SpawnerOptions Options => options;

    public Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new SpawnedServer(new Uri("http://127.0.0.1:1"), new JsonObject()));

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) => Task.FromResult(ServerCondition.Running);

    public Task StopAsync(ServerReference server, CancellationToken cancellationToken) => Task.CompletedTask;
}
