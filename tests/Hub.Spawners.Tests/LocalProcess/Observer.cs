using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Spawners.Tests.LocalProcess;

/// <summary>Remembers what a spawner reports and saves.</summary>
internal sealed class Observer : ISpawnObserver
{
    public ConcurrentQueue<(string Message, int Percent)> Reports { get; } = new();

    public ConcurrentQueue<JsonObject> States { get; } = new();

    /// <summary>Set to make saving fail.</summary>
    public Exception? SaveError { get; set; }

    public void Report(string message, int percent) => Reports.Enqueue((message, percent));

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken)
    {
        States.Enqueue(state);
        return SaveError is null ? Task.CompletedTask : Task.FromException(SaveError);
    }
}
