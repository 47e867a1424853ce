using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Spawning.Choosing;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Servers;

/// <summary>What every step of a server's life works with.</summary>
internal sealed record ServerTools(
    ISpawner Spawner,
    SpawnerOptions Options,
    IHubProxy Proxy,
    IServerLeases Leases,
    ServerInventory Inventory,
    StartOptionsSource StartOptions,
    ServerLedger Ledger,
    ServerTokenScopes TokenScopes,
    HubEnvironment Environment,
    ReadinessProbe Probe,
    HubAddresses Addresses,
    TimeProvider Time,
    HubMetrics Metrics,
    ILogger<ServerSupervisor> Logger,
    AuthStates? AuthStates = null,
    HubEvents? Events = null)
{
    public IHubProxy Proxy { get; } = new ObservedProxy(Proxy, Metrics);

    /// <summary>Whoever changes a server's route takes its turn first.</summary>
    public RouteTurns RouteTurns { get; } = new();

    /// <summary>The server's path, where its routes and cookies live.</summary>
    public string PrefixOf(ServerKey key) => PathNames.ServerPath(Addresses.BasePath, key.UserName, key.ServerName);

    /// <summary>Tells those who watch what happened to a server.</summary>
    public void Tell(HubEventKind kind, ServerKey key, string? detail = null) => Events?.Add(kind, key.UserName, key.ServerName, detail);

    /// <summary>Polls; a spawner that cannot tell is no reason to give a server up.</summary>
    public async Task<ServerCondition> PollAsync(ServerRecord record, CancellationToken cancellationToken)
    {
        var began = Metrics.Now;
        try
        {
            var condition = await HubTrace.CallAsync("spawner.poll", () => Spawner.PollAsync(record.Reference, cancellationToken));
            Metrics.Polled(condition.IsRunning, began);
            return condition;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Metrics.Polled(isRunning: true, began);
            Log.PollError(Logger, record.SpawnerId, exception);
            return ServerCondition.Running;
        }
    }
}
