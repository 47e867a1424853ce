using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Pages.Tests.Pages.Spawn;

internal sealed class StageSpawner(Stage stage) : ISpawner
{
    private readonly ConcurrentDictionary<string, bool> running = new();

    public async Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        stage.Requests.Enqueue(request);
        await stage.OnStart(request, cancellationToken);
        var id = Guid.NewGuid().ToString("N");
        running[id] = true;
        return new SpawnedServer(stage.Address, new JsonObject { ["id"] = id });
    }

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) =>
        Task.FromResult(running.ContainsKey((string?)server.State["id"] ?? "") ? ServerCondition.Running : ServerCondition.Exited(0));

    public async Task StopAsync(ServerReference server, CancellationToken cancellationToken)
    {
        await stage.OnStop();
        running.TryRemove((string?)server.State["id"] ?? "", out _);
    }

    public Task RenameAsync(ServerReference server, string newName, CancellationToken cancellationToken) => stage.OnRename();

    public Task<IReadOnlyList<StartOption>?> GetOptionsAsync(StartOptionsContext context, CancellationToken cancellationToken) => Task.FromResult(stage.Options(context));
}
