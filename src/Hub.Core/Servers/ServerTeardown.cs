using JupyterHub.Core.Diagnostics;

namespace JupyterHub.Core.Servers;

/// <summary>Ends a server, whatever state it is in: route, process, rows, lease, in this order.</summary>
internal static class ServerTeardown
{
    /// <summary>
    /// Ends a server whose start failed, or that is gone already. False if its spawner could not stop it: then what finds it again
    /// is kept for the next check.
    /// </summary>
    public static async Task<bool> UndoAsync(ServerTools tools, ServerRecord record, ServerOperation operation)
    {
        if (await IsLostAsync(tools, record, operation))
        {
            return true;
        }

        await RemoveRouteAsync(tools, record);
        var stopped = await TryStopAsync(tools, record);
        await EndAsync(tools, record, operation, keepState: !stopped);
        return stopped;
    }

    /// <summary>Stops a running server; false if its spawner could not and it still runs, with its route.</summary>
    public static async Task<bool> StopAsync(ServerTools tools, ServerRecord record, ServerOperation operation)
    {
        if (await IsLostAsync(tools, record, operation))
        {
            return true;
        }

        await RemoveRouteAsync(tools, record);
        if (!await TryStopAsync(tools, record) && (await tools.PollAsync(record, CancellationToken.None)).IsRunning)
        {
            await RestoreRouteAsync(tools, record, operation);
            return false;
        }

        await EndAsync(tools, record, operation, keepState: false);
        Log.Stopped(tools.Logger, record.SpawnerId);
        return true;
    }

    public static async Task ReleaseLeaseAsync(ServerTools tools, ServerRecord record)
    {
        try
        {
            await tools.Leases.ReleaseAsync(record.SpawnerId, CancellationToken.None);
        }
#pragma warning disable CA1031 // The lease expires by itself; whatever is wrong must not keep a server from ending.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.LeaseNotReleased(tools.Logger, record.SpawnerId, exception);
        }
    }

    /// <summary>
    /// Whether another hub owns the server by now, which happens to a hub that stood still for longer than its lease: the process may be
    /// running for its user over there.
    /// </summary>
    private static async Task<bool> IsLostAsync(ServerTools tools, ServerRecord record, ServerOperation operation)
    {
        if (operation.IsAbandoned)
        {
            return true;
        }

        try
        {
            if (await tools.Leases.TryAcquireAsync(record.SpawnerId, CancellationToken.None))
            {
                return false;
            }
        }
#pragma warning disable CA1031 // A database that cannot be asked must not keep a server from being stopped; its rows are fenced anyway.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.EndNotWritten(tools.Logger, record.SpawnerId, exception);
            return false;
        }

        operation.Abandon(ServerFailure.OwnershipLost);
        Log.GivenUp(tools.Logger, record.SpawnerId);
        return true;
    }

    private static async Task RemoveRouteAsync(ServerTools tools, ServerRecord record)
    {
        try
        {
            using var turn = await tools.RouteTurns.TakeAsync(record.Key, CancellationToken.None);
            await tools.Proxy.RemoveRouteAsync(record.Prefix, CancellationToken.None);
        }
#pragma warning disable CA1031 // A proxy that is away must not keep a server from being stopped; the route check removes the route later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.RouteRemovalError(tools.Logger, record.SpawnerId, exception);
        }
    }

    private static async Task RestoreRouteAsync(ServerTools tools, ServerRecord record, ServerOperation operation)
    {
        if (operation.IsAbandoned || record.Address is null)
        {
            return;
        }

        try
        {
            using var turn = await tools.RouteTurns.TakeAsync(record.Key, CancellationToken.None);
            await tools.Proxy.AddRouteAsync(record.Route, CancellationToken.None);
        }
#pragma warning disable CA1031 // The route check puts it right later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.RouteRemovalError(tools.Logger, record.SpawnerId, exception);
        }
    }

    private static async Task<bool> TryStopAsync(ServerTools tools, ServerRecord record)
    {
        using var span = HubTrace.Call("spawner.stop");
        try
        {
            await tools.Spawner.StopAsync(record.Reference, CancellationToken.None);
            return true;
        }
#pragma warning disable CA1031 // Spawners are plug-ins: whatever they throw means "not stopped".
        catch (Exception exception)
#pragma warning restore CA1031
        {
            span.Fail(exception);
            Log.StopError(tools.Logger, record.SpawnerId, exception);
            return false;
        }
    }

    private static async Task EndAsync(ServerTools tools, ServerRecord record, ServerOperation operation, bool keepState)
    {
        if (operation.IsAbandoned)
        {
            return;
        }

        try
        {
            await tools.Ledger.EndAsync(record, keepState, CancellationToken.None);
        }
#pragma warning disable CA1031 // The process is gone: memory must say so even if the database cannot be written right now.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.EndNotWritten(tools.Logger, record.SpawnerId, exception);
        }

        await ReleaseLeaseAsync(tools, record);
    }
}
