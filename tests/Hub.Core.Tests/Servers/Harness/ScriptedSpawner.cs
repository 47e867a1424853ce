using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Servers;

/// <summary>A spawner in memory that does what a test tells it, and keeps book so that a lost or doubled server shows.</summary>
internal sealed class ScriptedSpawner : ISpawner
{
    private readonly ConcurrentDictionary<string, ServerCondition> servers = new();
    private int starts;
    private int stops;

    /// <summary>What a start does; by default it starts a server at <see cref="Address"/> at once.</summary>
    public Func<SpawnRequest, CancellationToken, Task<SpawnedServer>>? OnStart { get; set; }

    /// <summary>Runs before a stop takes effect.</summary>
    public Func<ServerReference, Task>? OnStop { get; set; }

    /// <summary>Runs when something is to be renamed.</summary>
    public Func<ServerReference, string, Task>? OnRename { get; set; }

    /// <summary>Which options are declared; by default none are.</summary>
    public Func<StartOptionsContext, IReadOnlyList<StartOption>?>? OnOptions { get; set; }

    /// <summary>What a poll answers; null for the truth.</summary>
    public Func<ServerCondition?>? OnPoll { get; set; }

    /// <summary>Where started servers listen.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:1");

    public int Starts => starts;

    public int Stops => stops;

    public ConcurrentQueue<SpawnRequest> Requests { get; } = new();

    /// <summary>Servers that run now, by the id in their state.</summary>
    public IReadOnlyCollection<string> Running => [.. servers.Where(server => server.Value.IsRunning).Select(server => server.Key)];

    public Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return OnStart is null ? Task.FromResult(Launch()) : OnStart(request, cancellationToken);
    }

    public Task<IReadOnlyList<StartOption>?> GetOptionsAsync(StartOptionsContext context, CancellationToken cancellationToken) => Task.FromResult(OnOptions?.Invoke(context));

    public SpawnedServer Launch()
    {
        var id = $"server-{Interlocked.Increment(ref starts)}";
        servers[id] = ServerCondition.Running;
        return new SpawnedServer(Address, new JsonObject { ["id"] = id });
    }

    /// <summary>A server ends by itself.</summary>
    public void Kill(string id, int? status, string? detail = null) => servers[id] = ServerCondition.Exited(status, detail);

    public void KillAll(int? status, string? detail = null)
    {
        foreach (var id in servers.Keys)
        {
            Kill(id, status, detail);
        }
    }

    public Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken) =>
        Task.FromResult(OnPoll?.Invoke() is { } told ? told : Id(server) is { } id && servers.TryGetValue(id, out var condition) ? condition : ServerCondition.Exited(null));

    public async Task StopAsync(ServerReference server, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref stops);
        if (OnStop is not null)
        {
            await OnStop(server);
        }

        if (Id(server) is { } id)
        {
            servers.TryRemove(id, out _);
        }
    }

    public Task RenameAsync(ServerReference server, string newName, CancellationToken cancellationToken) => OnRename?.Invoke(server, newName) ?? Task.CompletedTask;

    private static string? Id(ServerReference server) => server.State["id"]?.GetValue<string>();
}
