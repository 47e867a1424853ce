using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Servers;

/// <summary>
/// Owns the life of every server that this hub looks after. What it begins runs to its end, whatever becomes of the request that asked.
/// </summary>
internal sealed partial class ServerSupervisor : IDisposable
{
    private const int ParallelStops = 64;

    private readonly ServerRegistry registry;
    private readonly ServerOwnership ownership;
    private readonly ServerTools tools;
    private readonly ServerRows rows;
    private readonly NamedServerRules rules;
    private readonly SpawnLimits limits;
    private readonly JupyterHubOptions hub;
    private bool closing;

    public ServerSupervisor(ServerTools tools, ServerRows rows, NamedServerRules rules, SpawnLimits limits, JupyterHubOptions hub, AuthenticatorOptions authenticator)
    {
        (this.tools, this.rows, this.rules, this.limits, this.hub) = (tools, rows, rules, limits, hub);
        registry = new ServerRegistry(tools);
        ownership = new ServerOwnership(registry, tools, rows, authenticator);
    }

    /// <summary>Records and begins a start. The caller's token cancels only the caller's waiting.</summary>
    /// <param name="userName">The owner, exactly as the database has the name.</param>
    /// <param name="serverName">The server; empty for the default one. Its row is made if there is none.</param>
    /// <param name="choices">What was chosen for it; saved before it starts.</param>
    /// <param name="cancellationToken">Stops waiting for the start to be recorded; the start goes on.</param>
    /// <exception cref="ServerOperationException">The start was refused; nothing was written.</exception>
    public async Task<ServerOperation> StartAsync(string userName, string serverName, ServerChoices choices, CancellationToken cancellationToken)
    {
        var key = new ServerKey(userName, serverName);
        ServerChoices? complete = null;
        for (var adopted = false; ;)
        {
            var row = await rows.FindAsync(key, cancellationToken) ?? throw ServerOperationException.NoSuchUser();
            rules.CheckUse(key, row.SpawnerId is not null, row.NamedServers, choices.DisplayName);
            await RefuseUnlessStoppedAsync(key, cancellationToken);
            complete ??= await tools.StartOptions.ResolveAsync(key, choices, cancellationToken);
            if (row.MayRun)
            {
                await ownership.AdoptAsync(row, adopted, cancellationToken);
                adopted = true;
            }
            else if (TryBegin(key, complete) is { } operation)
            {
                await operation.Recorded.WaitAsync(cancellationToken);
                return operation;
            }
        }
    }

    /// <summary>Begins a stop or joins the one under way; done at once if the server does not run.</summary>
    /// <exception cref="ServerOperationException">There is no such user or named server, or another hub owns it.</exception>
    public async Task<ServerOperation> StopAsync(string userName, string serverName, CancellationToken cancellationToken)
    {
        var key = new ServerKey(userName, serverName);
        if (TryStop(key, remove: false) is { } stopping)
        {
            return stopping;
        }

        var row = await rows.FindAsync(key, cancellationToken) ?? throw ServerOperationException.NoSuchUser();
        if (row.SpawnerId is null && serverName.Length > 0)
        {
            throw ServerOperationException.NoSuchServer(key);
        }

        if (row.MayRun)
        {
            await ownership.AdoptAsync(row, again: false, cancellationToken);
        }

        return TryStop(key, remove: false) ?? ServerOperation.Done;
    }

    /// <summary>What this hub knows of a server. One that another hub looks after is <see cref="ServerPhase.Stopped"/> here; its rows tell.</summary>
    public ServerStatus GetStatus(string userName, string serverName) => registry.StatusOf(new ServerKey(userName, serverName));

    /// <summary>A server while it runs here; null otherwise.</summary>
    public ServerRecord? FindRunning(ServerKey key) => registry.Find(key)?.RunningRecord;

    /// <summary>A start's progress from its first event to its final one; the final one alone if the start is over.</summary>
    /// <exception cref="ServerOperationException">At once: it is not being started, does not run and did not fail.</exception>
    public IAsyncEnumerable<ProgressEvent> WatchAsync(string userName, string serverName, CancellationToken cancellationToken)
    {
        var key = new ServerKey(userName, serverName);
        return registry.Find(key)?.Watch(cancellationToken) ?? throw ServerOperationException.NotStarting(key);
    }

    /// <summary>The events of a start so far, or of the last one if it is over and failed; for who cannot follow a stream.</summary>
    public IReadOnlyList<ProgressEvent> ProgressOf(string userName, string serverName) => registry.Find(new ServerKey(userName, serverName))?.Progress ?? [];

    /// <summary>Forgets how the last start failed: the server or its owner was deleted or renamed.</summary>
    public void Forget(string userName, string serverName) => registry.Forget(new ServerKey(userName, serverName));

    /// <summary>Forgets how the last starts of all of a user's servers failed.</summary>
    public void ForgetAll(string userName)
    {
        foreach (var lifecycle in registry.Of(userName))
        {
            registry.Forget(lifecycle.Key);
        }
    }

    /// <summary>Names of a user's servers that run here, or with which something is under way.</summary>
    public IReadOnlyList<string> ActiveOf(string userName) =>
        [.. registry.Of(userName).Where(lifecycle => lifecycle.Status.IsActive).Select(lifecycle => lifecycle.Key.ServerName)];

    /// <summary>
    /// Takes over what earlier hubs left running and cleans up what ended meanwhile. Waits for the checks up to the configured time;
    /// they go on afterwards. May be called again, when leases of other hubs may have expired.
    /// </summary>
    public Task ResumeAsync(CancellationToken cancellationToken) =>
        ownership.ResumeAsync(TimeSpan.FromSeconds(Math.Max(0, hub.InitSpawnersTimeout)), cancellationToken);

    /// <summary>Refuses further starts, then stops all servers or leaves them running for the next hub.</summary>
    public async Task ShutdownAsync(bool stopServers, CancellationToken cancellationToken)
    {
        lock (registry.Gate)
        {
            closing = true;
            ownership.Close();
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelStops, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(registry.All, parallel, async (lifecycle, token) =>
        {
            var end = stopServers ? lifecycle.Stop(ServerFailure.ShuttingDown).Completion : lifecycle.LeaveAsync();
            await end.WaitAsync(token);
        });
    }

    /// <inheritdoc cref="ServerOwnership.GiveUp"/>
    public void GiveUp(int spawnerId) => ownership.GiveUp(spawnerId);

    /// <inheritdoc cref="ServerOwnership.LoseAsync"/>
    public Task LoseAsync(int spawnerId, CancellationToken cancellationToken) => ownership.LoseAsync(spawnerId, cancellationToken);

    /// <summary>The servers that run now.</summary>
    public IEnumerable<ServerRecord> Running => registry.All.Select(lifecycle => lifecycle.RunningRecord).OfType<ServerRecord>();

    /// <summary>Numbers of servers by phase, for limits, metrics and pages.</summary>
    public IEnumerable<ServerStatus> Statuses => registry.All.Select(lifecycle => lifecycle.Status);

    public void Dispose() => ownership.Dispose();

    private async Task RefuseUnlessStoppedAsync(ServerKey key, CancellationToken cancellationToken)
    {
        if (registry.Find(key) is not { } lifecycle)
        {
            return;
        }

        // A server that has just died must not stand in the way of a new one.
        if (lifecycle.Status.IsReady && await lifecycle.VerifyAsync(cancellationToken))
        {
            throw ServerOperationException.AlreadyRunning(key);
        }

        if (lifecycle.Status is { Pending: not null } status)
        {
            tools.Metrics.SpawnRefused(SpawnOutcome.AlreadyPending);
            throw ServerOperationException.Pending(key, status);
        }
    }

    private ServerOperation? TryBegin(ServerKey key, ServerChoices choices)
    {
        // Counting and beginning under one lock, so that a burst of requests cannot pass a limit together.
        lock (registry.Gate)
        {
            if (closing)
            {
                throw ServerOperationException.ShuttingDown();
            }

            limits.Check(Statuses);
            return registry.FindOrAdd(key).TryStart(choices);
        }
    }
}
