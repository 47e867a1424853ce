using System.Collections.Concurrent;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Servers;

/// <summary>
/// Owns the life of every server that this hub looks after. What it begins runs to its end, whatever becomes of the request that asked.
/// </summary>
internal sealed partial class ServerSupervisor(ServerTools tools, ServerRows rows, NamedServerRules rules, SpawnLimits limits, JupyterHubOptions hub, AuthenticatorOptions authenticator) : IDisposable
{
    private const int ParallelChecks = 64;
    private const int ParallelStops = 64;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<ServerKey, ServerLifecycle> lifecycles = new();
    private readonly SemaphoreSlim checkSlots = new(ParallelChecks);
    private bool closing;

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
                await AdoptAsync(row, adopted, cancellationToken);
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
            await AdoptAsync(row, again: false, cancellationToken);
        }

        return TryStop(key, remove: false) ?? ServerOperation.Done;
    }

    /// <summary>What this hub knows of a server. One that another hub looks after is <see cref="ServerPhase.Stopped"/> here; its rows tell.</summary>
    public ServerStatus GetStatus(string userName, string serverName) =>
        lifecycles.TryGetValue(new ServerKey(userName, serverName), out var lifecycle) ? lifecycle.Status : ServerStatus.Stopped;

    /// <summary>A server while it runs here; null otherwise.</summary>
    public ServerRecord? FindRunning(ServerKey key) => lifecycles.TryGetValue(key, out var lifecycle) ? lifecycle.RunningRecord : null;

    /// <summary>A start's progress from its first event to its final one; the final one alone if the start is over.</summary>
    /// <exception cref="ServerOperationException">At once: it is not being started, does not run and did not fail.</exception>
    public IAsyncEnumerable<ProgressEvent> WatchAsync(string userName, string serverName, CancellationToken cancellationToken)
    {
        var key = new ServerKey(userName, serverName);
        return lifecycles.TryGetValue(key, out var lifecycle)
            ? lifecycle.Watch(cancellationToken)
            : throw ServerOperationException.NotStarting(key);
    }

    /// <summary>The events of a start so far, or of the last one if it is over and failed; for who cannot follow a stream.</summary>
    public IReadOnlyList<ProgressEvent> ProgressOf(string userName, string serverName) =>
        lifecycles.TryGetValue(new ServerKey(userName, serverName), out var lifecycle) ? lifecycle.Progress : [];

    /// <summary>Forgets how the last start failed: the server or its owner was deleted or renamed.</summary>
    public void Forget(string userName, string serverName)
    {
        lock (gate)
        {
            if (lifecycles.TryGetValue(new ServerKey(userName, serverName), out var lifecycle) && !lifecycle.Status.IsActive)
            {
                lifecycles.TryRemove(lifecycle.Key, out _);
            }
        }
    }

    /// <summary>Forgets how the last starts of all of a user's servers failed.</summary>
    public void ForgetAll(string userName)
    {
        foreach (var key in lifecycles.Keys.Where(key => key.UserName == userName))
        {
            Forget(userName, key.ServerName);
        }
    }

    /// <summary>Names of a user's servers that run here, or with which something is under way.</summary>
    public IReadOnlyList<string> ActiveOf(string userName) =>
        [.. lifecycles.Where(pair => pair.Key.UserName == userName && pair.Value.Status.IsActive).Select(pair => pair.Key.ServerName)];

    /// <summary>
    /// Takes over what earlier hubs left running and cleans up what ended meanwhile. Waits for the checks up to the configured time;
    /// they go on afterwards. May be called again, when leases of other hubs may have expired.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Task>();
        foreach (var row in await rows.ListThatMayRunAsync(cancellationToken))
        {
            if (await TryCheckAsync(row, cancellationToken) is { } check)
            {
                checks.Add(check.Completion);
            }
        }

        try
        {
            await Task.WhenAll(checks).WaitAsync(TimeSpan.FromSeconds(Math.Max(0, hub.InitSpawnersTimeout)), tools.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Start-up goes on; these servers are "checking" until their checks are done.
        }
    }

    /// <summary>Refuses further starts, then stops all servers or leaves them running for the next hub.</summary>
    public async Task ShutdownAsync(bool stopServers, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            closing = true;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelStops, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(lifecycles.Values, parallel, async (lifecycle, token) =>
        {
            var end = stopServers ? lifecycle.Stop(ServerFailure.ShuttingDown).Completion : lifecycle.LeaveAsync();
            await end.WaitAsync(token);
        });
    }

    /// <summary>This hub lost the lease: the server goes on, but is no longer looked after here.</summary>
    public void GiveUp(int spawnerId)
    {
        foreach (var lifecycle in Of(spawnerId))
        {
            Log.GivenUp(tools.Logger, spawnerId);
            lifecycle.GiveUp();
        }
    }

    /// <summary>This hub found itself without the lease of a server that it runs: another hub has it, or, if its row is gone, nobody: then it ends.</summary>
    public async Task LoseAsync(int spawnerId, CancellationToken cancellationToken)
    {
        if (await rows.ExistsAsync(spawnerId, cancellationToken))
        {
            GiveUp(spawnerId);
            return;
        }

        foreach (var lifecycle in Of(spawnerId))
        {
            Log.Ownerless(tools.Logger, spawnerId);
            lifecycle.Stop(ServerFailure.Cancelled);
        }
    }

    /// <summary>The servers that run now.</summary>
    public IEnumerable<ServerRecord> Running => lifecycles.Values.Select(lifecycle => lifecycle.RunningRecord).OfType<ServerRecord>();

    /// <summary>Numbers of servers by phase, for limits, metrics and pages.</summary>
    public IEnumerable<ServerStatus> Statuses => lifecycles.Values.Select(lifecycle => lifecycle.Status);

    public void Dispose() => checkSlots.Dispose();

    private async Task RefuseUnlessStoppedAsync(ServerKey key, CancellationToken cancellationToken)
    {
        if (!lifecycles.TryGetValue(key, out var lifecycle))
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

    /// <summary>Looks after a server that the database says may run and this hub knows nothing of.</summary>
    /// <exception cref="ServerOperationException">Another hub owns it, or it could not be cleaned up.</exception>
    private async Task AdoptAsync(ServerRow row, bool again, CancellationToken cancellationToken)
    {
        if (await TryCheckAsync(row, cancellationToken) is { } check)
        {
            await check.Completion.WaitAsync(cancellationToken);
            if (again && !GetStatus(row.Key.UserName, row.Key.ServerName).IsActive)
            {
                throw ServerOperationException.NotCleanedUp(row.Key);
            }
        }
        else if (!GetStatus(row.Key.UserName, row.Key.ServerName).IsActive
            && await rows.FindAsync(row.Key, cancellationToken) is { MayRun: true })
        {
            throw ServerOperationException.OwnedElsewhere(row.Key);
        }
    }

    private async Task<ServerOperation?> TryCheckAsync(ServerRow row, CancellationToken cancellationToken)
    {
        if (GetStatus(row.Key.UserName, row.Key.ServerName).IsActive)
        {
            return null;
        }

        if (!await tools.Leases.TryAcquireAsync(row.SpawnerId!.Value, cancellationToken))
        {
            Log.OwnedElsewhere(tools.Logger, row.SpawnerId.Value);
            return null;
        }

        var record = new ServerRecord(row.Key, row.UserId, row.SpawnerId.Value, tools.PrefixOf(row.Key))
        {
            Address = row.Address,
            State = row.State,
            Started = row.Started,
        };
        lock (gate)
        {
            return closing ? null : FindOrAdd(row.Key).TryCheck(record, !authenticator.BlockedUsers.Contains(row.Key.UserName), checkSlots);
        }
    }

    private ServerOperation? TryBegin(ServerKey key, ServerChoices choices)
    {
        // Counting and beginning under one lock, so that a burst of requests cannot pass a limit together.
        lock (gate)
        {
            if (closing)
            {
                throw ServerOperationException.ShuttingDown();
            }

            limits.Check(Statuses);
            return FindOrAdd(key).TryStart(choices);
        }
    }

    private List<ServerLifecycle> Of(int spawnerId) => [.. lifecycles.Values.Where(lifecycle => lifecycle.SpawnerId == spawnerId)];

    private ServerLifecycle FindOrAdd(ServerKey key) =>
        lifecycles.GetOrAdd(key, name => new ServerLifecycle(name, tools, Settle));

    /// <summary>A stopped server of which nothing has to be remembered needs no memory.</summary>
    private void Settle(ServerLifecycle lifecycle)
    {
        lock (gate)
        {
            if (lifecycle.Status is { IsActive: false, Failure: null })
            {
                lifecycles.TryRemove(KeyValuePair.Create(lifecycle.Key, lifecycle));
            }
        }
    }
}
