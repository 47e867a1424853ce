using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <content>Servers that do not run: changed, renamed, removed; and all servers of somebody who leaves.</content>
internal sealed partial class ServerSupervisor
{
    /// <summary>Changes a stopped server, all that is asked or nothing. A change of name goes on when the caller leaves.</summary>
    /// <exception cref="ServerOperationException">The change was refused; nothing was changed.</exception>
    /// <exception cref="ServerFailureException">The spawner could not rename what it keeps; nothing was changed.</exception>
    public async Task ChangeAsync(string userName, string serverName, ServerChange change, CancellationToken cancellationToken)
    {
        var key = new ServerKey(userName, serverName);
        var row = await rows.FindAsync(key, cancellationToken) ?? throw ServerOperationException.NoSuchUser();
        await tools.Inventory.CheckAsync(key, change, GetStatus(userName, serverName).IsActive, cancellationToken);
        if (row.MayRun)
        {
            // What an earlier hub left behind is looked at first.
            await AdoptAsync(row, again: false, cancellationToken);
            await tools.Inventory.CheckAsync(key, change, GetStatus(userName, serverName).IsActive, cancellationToken);
        }

        if (change.Name is null)
        {
            await tools.Inventory.ChangeAsync(key, change, CancellationToken.None);
            return;
        }

        var rename = BeginRename(row, change);
        await rename.Recorded.WaitAsync(cancellationToken);
        if (await rename.Completion.WaitAsync(cancellationToken) is { } failure)
        {
            throw new ServerFailureException(failure);
        }
    }

    /// <summary>Stops a named server if need be, and removes it. Of several that ask, all get the same operation.</summary>
    /// <exception cref="ServerOperationException">There is no such user or server, or another hub owns it.</exception>
    public async Task<ServerOperation> RemoveAsync(string userName, string serverName, CancellationToken cancellationToken)
    {
        var key = new ServerKey(userName, serverName);
        for (var adopted = false; ;)
        {
            if (TryStop(key, remove: true) is { } stopping)
            {
                return stopping;
            }

            var row = await rows.FindAsync(key, cancellationToken) ?? throw ServerOperationException.NoSuchUser();
            if (row.SpawnerId is null)
            {
                throw ServerOperationException.NoSuchServer(key);
            }

            if (row.MayRun)
            {
                await AdoptAsync(row, adopted, cancellationToken);
                adopted = true;
            }
            else if (TryRemove(key) is { } removal)
            {
                return removal;
            }
        }
    }

    /// <summary>
    /// Stops all servers of a user and returns when they have stopped. Another may be started right afterwards: whoever deletes the user
    /// asks inside that write whether one of the user's rows has a server, and comes back here if so.
    /// </summary>
    /// <exception cref="ServerOperationException">One could not be stopped, or another hub owns it.</exception>
    public async Task StopAllAsync(string userName, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = lifecycles.Values.Where(lifecycle => lifecycle.Key.UserName == userName && lifecycle.Status.IsActive).ToList();
            var ends = await Task.WhenAll(known.Select(lifecycle => lifecycle.Stop(ServerFailure.Cancelled).Completion)).WaitAsync(cancellationToken);
            if (Array.Exists(ends, end => end?.Reason == ServerFailureReason.StopFailed))
            {
                throw ServerOperationException.NotCleanedUp(known[Array.FindIndex(ends, end => end?.Reason == ServerFailureReason.StopFailed)].Key);
            }

            var left = (await rows.ListThatMayRunAsync(userName, cancellationToken)).Where(row => !GetStatus(userName, row.Key.ServerName).IsActive).ToList();
            if (left.Count == 0 && known.Count == 0)
            {
                return;
            }

            foreach (var row in left)
            {
                await AdoptAsync(row, again: true, cancellationToken);
            }
        }
    }

    private ServerOperation? TryStop(ServerKey key, bool remove)
    {
        if (!lifecycles.TryGetValue(key, out var known) || known.Status is { IsActive: false })
        {
            return null;
        }

        if (known.Status.Phase == ServerPhase.Renaming)
        {
            throw ServerOperationException.Renaming();
        }

        // A server that has stopped in between has nothing to join.
        return known.Stop(ServerFailure.Cancelled, remove) is var operation && operation != ServerOperation.Done ? operation : null;
    }

    private ServerOperation? TryRemove(ServerKey key)
    {
        lock (gate)
        {
            return closing ? throw ServerOperationException.ShuttingDown() : FindOrAdd(key).TryRemove();
        }
    }

    private ServerOperation BeginRename(ServerRow row, ServerChange change)
    {
        var operation = new ServerOperation();
        var newKey = row.Key with { ServerName = change.Name! };
        ServerLifecycle source, target;
        lock (gate)
        {
            if (closing)
            {
                throw ServerOperationException.ShuttingDown();
            }

            (source, target) = (FindOrAdd(row.Key), FindOrAdd(newKey));
            if (!source.TryHold(operation))
            {
                throw ServerOperationException.Active(row.Key);
            }

            if (!target.TryHold(operation))
            {
                source.LetGo(forget: false);
                throw ServerOperationException.AlreadyExists(newKey);
            }
        }

        _ = Task.Run(() => RenameAsync(operation, source, target, new ServerRename(tools, row, change)));
        return operation;
    }

    private async Task RenameAsync(ServerOperation operation, ServerLifecycle source, ServerLifecycle target, ServerRename rename)
    {
        ServerFailure? failure = null;
        try
        {
            await rename.RunAsync();
        }
        catch (ServerOperationException refused)
        {
            operation.Refuse(refused);
        }
        catch (SpawnException refused)
        {
            failure = new ServerFailure(ServerFailureReason.Refused, refused.Message);
        }
#pragma warning disable CA1031 // Whatever happens ends this renaming, never the hub.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.RenameError(tools.Logger, exception);
            failure = new ServerFailure(ServerFailureReason.Internal, $"{source.Key} could not be renamed; the hub's log has details.");
        }

        source.LetGo(forget: failure is null);
        target.LetGo(forget: true);
        operation.Complete(failure);
    }
}
