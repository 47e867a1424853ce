using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <content>Servers that do not run, or are about to: changed, renamed, removed.</content>
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
        change = change with { UserOptions = await tools.StartOptions.CheckAsync(key, change.UserOptions, cancellationToken) };
        if (row.MayRun)
        {
            // What an earlier hub left behind is looked at first.
            await ownership.AdoptAsync(row, again: false, cancellationToken);
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
                await ownership.AdoptAsync(row, adopted, cancellationToken);
                adopted = true;
            }
            else if (TryRemove(key) is { } removal)
            {
                return removal;
            }
        }
    }

    private ServerOperation? TryStop(ServerKey key, bool remove)
    {
        if (registry.Find(key) is not { Status.IsActive: true } known)
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
        lock (registry.Gate)
        {
            return closing ? throw ServerOperationException.ShuttingDown() : registry.FindOrAdd(key).TryRemove();
        }
    }

    private ServerOperation BeginRename(ServerRow row, ServerChange change)
    {
        var operation = new ServerOperation();
        var newKey = row.Key with { ServerName = change.Name! };
        ServerLifecycle source, target;
        lock (registry.Gate)
        {
            if (closing)
            {
                throw ServerOperationException.ShuttingDown();
            }

            (source, target) = (registry.FindOrAdd(row.Key), registry.FindOrAdd(newKey));
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
