namespace JupyterHub.Core.Servers;

/// <content>What happens to a server that does not run: renamed, or removed.</content>
internal sealed partial class ServerLifecycle
{
    /// <summary>Its row is to be removed once nothing runs any more.</summary>
    private bool removing;

    /// <summary>Keeps everybody else off a stopped server while it, or another one that is to have its name, is renamed.</summary>
    public bool TryHold(ServerOperation rename)
    {
        lock (gate)
        {
            if (status.IsActive)
            {
                return false;
            }

            working = rename;
            status = new ServerStatus(ServerPhase.Renaming) { Failure = status.Failure };
            return true;
        }
    }

    /// <summary>The renaming is over.</summary>
    public void LetGo(bool forget)
    {
        lock (gate)
        {
            Settle(forget ? null : status.Failure);
        }

        settled(this);
    }

    /// <summary>Begins to remove a server that does not run; null if it is not stopped.</summary>
    public ServerOperation? TryRemove()
    {
        lock (gate)
        {
            if (status.IsActive)
            {
                return null;
            }

            var operation = working = stopping = new ServerOperation();
            removing = true;
            status = new ServerStatus(ServerPhase.Stopping);
            Run(() => FinishAsync(operation, null));
            return operation;
        }
    }

    /// <summary>
    /// Ends an operation after which nothing runs. A removal may be asked for until the very end; it is part of the stop, so that no start
    /// comes in between.
    /// </summary>
    private async Task FinishAsync(ServerOperation operation, ServerFailure? failure, bool stopped = true)
    {
        var end = stopped ? null : StillRuns();
        ServerOperation? joined;
        while (!TryFinish(operation, failure, stopped, out joined))
        {
            end = await RemoveAsync();
            failure = end is null ? null : failure;
        }

        joined?.Complete(end);
        settled(this);
    }

    private bool TryFinish(ServerOperation operation, ServerFailure? failure, bool stopped, out ServerOperation? joined)
    {
        lock (gate)
        {
            joined = stopping;
            if (removing && stopped && !operation.IsAbandoned)
            {
                removing = false;
                return false;
            }

            Settle(failure is { IsRemembered: true } ? failure : null);
            return true;
        }
    }

    private async Task<ServerFailure?> RemoveAsync()
    {
        try
        {
            if (await tools.Inventory.RemoveAsync(key, CancellationToken.None))
            {
                return null;
            }
        }
#pragma warning disable CA1031 // The server is stopped; that its row is left is said to whoever asked.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.RemovalError(tools.Logger, exception);
        }

        return new ServerFailure(ServerFailureReason.StopFailed, $"{key} could not be removed; the hub's log may say why.");
    }
}
