using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;

namespace JupyterHub.Core.Servers;

/// <content>The work between two transitions.</content>
internal sealed partial class ServerLifecycle
{
    private async Task StartAsync(ServerOperation operation, ProgressLog log, ServerChoices choices)
    {
        var began = tools.Time.GetTimestamp();
        using var span = HubTrace.Begin("server.start");
        var start = new ServerStart(tools, key, operation, log, choices, started => Follow(operation, started));
        ServerFailure? failure = null;
        tools.Tell(HubEventKind.ServerStarting, key);
        try
        {
            await start.RunAsync();
            if (!await tools.Leases.TryAcquireAsync(start.Record!.SpawnerId, operation.Cancelled))
            {
                throw new ServerFailureException(ServerFailure.OwnershipLost);
            }

            failure = TryRun(operation, start.Record!) ? null : operation.CancelledBecause ?? ServerFailure.Cancelled;
        }
#pragma warning disable CA1031 // Whatever happens during a start ends that start, never the hub.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = ServerStartFailure.Describe(tools, operation, start.Record, exception);
        }

        if (failure is null)
        {
            Log.Running(tools.Logger, start.Record!.SpawnerId, start.Record.Address!, tools.Time.GetElapsedTime(began).TotalSeconds);
        }
        else
        {
            await FinishAsync(operation, failure, await UndoAsync(operation, start.Record));
        }

        SpawnOutcome.Record(tools.Metrics, failure, began);
        tools.Tell(failure is null ? HubEventKind.ServerReady : HubEventKind.ServerFailed, key, failure?.Reason.ToString());
        span?.SetTag("hub.spawner_id", start.Record?.SpawnerId).SetTag("hub.failure", failure?.Reason.ToString());
        log.Complete(failure is null ? progress.Ready : ProgressEvent.FailedBecause(failure));
        operation.Complete(failure);
    }

    private async Task CheckAsync(ServerOperation operation, ServerRecord found, bool mayRun, SemaphoreSlim slots)
    {
        using var span = HubTrace.Begin("server.check");
        span?.SetTag("hub.spawner_id", found.SpawnerId);
        var gone = await InspectAsync(operation, found, mayRun, slots);
        if (gone is null && TryRun(operation, found))
        {
            Log.Adopted(tools.Logger, found.SpawnerId, found.Address!);
        }
        else
        {
            if (!operation.IsAbandoned)
            {
                Log.NotAdopted(tools.Logger, found.SpawnerId, gone ?? "it was stopped meanwhile");
            }

            await FinishAsync(operation, null, await UndoAsync(operation, found));
        }

        operation.Complete(null);
    }

    /// <summary>Null if the server runs; otherwise why it must be cleaned up.</summary>
    private async Task<string?> InspectAsync(ServerOperation operation, ServerRecord found, bool mayRun, SemaphoreSlim slots)
    {
        try
        {
            await slots.WaitAsync(operation.Cancelled);
            try
            {
                return await ServerCheck.RunAsync(tools, found, mayRun, operation.Cancelled);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (operation.Cancelled.IsCancellationRequested)
        {
            return "it was stopped meanwhile";
        }
#pragma warning disable CA1031 // One server that cannot be checked must not keep the others from being found.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.CheckError(tools.Logger, found.SpawnerId, exception);
            return "the check failed";
        }
    }

    /// <summary>True if nothing runs any more that is ours to stop.</summary>
    private async Task<bool> UndoAsync(ServerOperation operation, ServerRecord? started)
    {
        if (started is null)
        {
            return true;
        }

        if (!operation.IsAbandoned)
        {
            return await ServerTeardown.UndoAsync(tools, started, operation);
        }

        if (operation.CancelledBecause == ServerFailure.ShuttingDown)
        {
            await ServerTeardown.ReleaseLeaseAsync(tools, started);
        }

        return true;
    }

    private async Task StopAsync(ServerOperation operation, ServerRecord current)
    {
        var began = tools.Metrics.Now;
        using var span = HubTrace.Begin("server.stop");
        span?.SetTag("hub.spawner_id", current.SpawnerId);
        ServerFailure? failure = null;
        try
        {
            if (!await ServerTeardown.StopAsync(tools, current, operation))
            {
                failure = StillRuns();
            }
        }
#pragma warning disable CA1031 // A stop ends, whatever happens in it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.StopError(tools.Logger, current.SpawnerId, exception);
        }

        tools.Metrics.Stopped(failure is null, began);
        if (failure is null || operation.IsAbandoned)
        {
            await FinishAsync(operation, null);
            tools.Tell(HubEventKind.ServerStopped, key);
        }
        else
        {
            lock (gate)
            {
                (working, stopping, removing) = (null, null, false);
                EnterRunning(current);
            }
        }

        operation.Complete(failure);
    }
}
