using JupyterHub.Core.Authentication;

namespace JupyterHub.Core.Servers;

/// <summary>Whose a server is: takes over what earlier hubs left behind, and lets go of what another hub has taken.</summary>
internal sealed class ServerOwnership(ServerRegistry registry, ServerTools tools, ServerRows rows, AuthenticatorOptions authenticator) : IDisposable
{
    private const int ParallelChecks = 64;

    private readonly SemaphoreSlim checkSlots = new(ParallelChecks);
    private bool closed;

    /// <summary>Takes over all that may still run. Waits for the checks for a while; they go on afterwards.</summary>
    public async Task ResumeAsync(TimeSpan patience, CancellationToken cancellationToken)
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
            await Task.WhenAll(checks).WaitAsync(patience, tools.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Start-up goes on; these servers are "checking" until their checks are done.
        }
    }

    /// <summary>Looks after a server that the database says may run and this hub knows nothing of.</summary>
    /// <exception cref="ServerOperationException">Another hub owns it, or it could not be cleaned up.</exception>
    public async Task AdoptAsync(ServerRow row, bool again, CancellationToken cancellationToken)
    {
        if (await TryCheckAsync(row, cancellationToken) is { } check)
        {
            await check.Completion.WaitAsync(cancellationToken);
            if (again && !registry.StatusOf(row.Key).IsActive)
            {
                throw ServerOperationException.NotCleanedUp(row.Key);
            }
        }
        else if (!registry.StatusOf(row.Key).IsActive
            && await rows.FindAsync(row.Key, cancellationToken) is { MayRun: true })
        {
            throw ServerOperationException.OwnedElsewhere(row.Key);
        }
    }

    /// <summary>This hub lost the lease: the server goes on, but is no longer looked after here.</summary>
    public void GiveUp(int spawnerId)
    {
        foreach (var lifecycle in registry.Of(spawnerId))
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

        foreach (var lifecycle in registry.Of(spawnerId))
        {
            Log.Ownerless(tools.Logger, spawnerId);
            lifecycle.Stop(ServerFailure.Cancelled);
        }
    }

    /// <summary>Under the registry's gate: takes over nothing more.</summary>
    public void Close() => closed = true;

    public void Dispose() => checkSlots.Dispose();

    private async Task<ServerOperation?> TryCheckAsync(ServerRow row, CancellationToken cancellationToken)
    {
        if (registry.StatusOf(row.Key).IsActive)
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
        lock (registry.Gate)
        {
            return closed ? null : registry.FindOrAdd(row.Key).TryCheck(record, !authenticator.BlockedUsers.Contains(row.Key.UserName), checkSlots);
        }
    }
}
