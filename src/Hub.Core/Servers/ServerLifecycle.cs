namespace JupyterHub.Core.Servers;

/// <summary>
/// The state machine of one server. Every transition happens under one short lock; the work between two transitions is an
/// operation that this class starts, owns and finishes, at most one at a time.
/// </summary>
#pragma warning disable CA1001 // A source of cancellation without a timer holds nothing to dispose of.
internal sealed partial class ServerLifecycle(ServerKey key, ServerTools tools, Action<ServerLifecycle> settled)
#pragma warning restore CA1001
{
    private readonly Lock gate = new();
    private readonly ServerProgress progress = new(key, tools);
    private volatile ServerStatus status = ServerStatus.Stopped;
    private ServerOperation? working;
    private ServerOperation? stopping;
    private ServerRecord? record;
    private CancellationTokenSource? watching;

    public ServerKey Key => key;

    public ServerStatus Status => status;

    /// <summary>The server while it runs; null otherwise.</summary>
    public ServerRecord? RunningRecord
    {
        get
        {
            lock (gate)
            {
                return status.IsReady ? record : null;
            }
        }
    }

    /// <summary>The events of the start under way, or of the last one while its failure is remembered.</summary>
    public IReadOnlyList<ProgressEvent> Progress
    {
        get
        {
            lock (gate)
            {
                return progress.Of(status);
            }
        }
    }

    /// <summary>Row of the server, as long as something runs or is under way.</summary>
    public int? SpawnerId
    {
        get
        {
            lock (gate)
            {
                return record?.SpawnerId;
            }
        }
    }

    /// <summary>Begins a start; null unless the server is stopped.</summary>
    public ServerOperation? TryStart(ServerChoices choices)
    {
        lock (gate)
        {
            if (status.IsActive)
            {
                return null;
            }

            var operation = working = new ServerOperation();
            var log = progress.Begin();
            status = new ServerStatus(ServerPhase.Starting) { Started = tools.Time.GetUtcNow().UtcDateTime };
            Run(() => StartAsync(operation, log, choices));
            return operation;
        }
    }

    /// <summary>Begins to look after a server that an earlier hub started; null unless nothing is known of it here.</summary>
    public ServerOperation? TryCheck(ServerRecord found, bool mayRun, SemaphoreSlim slots)
    {
        lock (gate)
        {
            if (status.IsActive)
            {
                return null;
            }

            var operation = working = new ServerOperation();
            record = found;
            status = new ServerStatus(ServerPhase.Checking) { Started = found.Started, Url = found.Address };
            Run(() => CheckAsync(operation, found, mayRun, slots));
            return operation;
        }
    }

    /// <summary>Begins a stop, or joins the one under way. A start or check under way is cancelled and undone.</summary>
    /// <param name="because">What those who wait for a start learn.</param>
    /// <param name="remove">Remove the server's row as well, as the last part of the stop.</param>
    public ServerOperation Stop(ServerFailure because, bool remove = false)
    {
        ServerOperation? cancel;
        ServerOperation result;
        lock (gate)
        {
            switch (status.Phase)
            {
                case ServerPhase.Stopped:
                    return ServerOperation.Done;
                case ServerPhase.Stopping:
                    removing |= remove;
                    return stopping!;
                case ServerPhase.Running:
                    removing = remove;
                    return BeginStop();
                case ServerPhase.Renaming:
                    return working!;
                default:
                    removing = remove;
                    cancel = working!;
                    result = stopping = new ServerOperation();
                    status = status with { Phase = ServerPhase.Stopping };
                    break;
            }
        }

        // Cancelling may run other code at once: not inside the lock.
        cancel.Cancel(because);
        return result;
    }

    /// <summary>The events of the start under way, or the one event that tells how the last one ended.</summary>
    /// <exception cref="ServerOperationException">It is not being started, does not run and did not fail.</exception>
    public IAsyncEnumerable<ProgressEvent> Watch(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return progress.Watch(status, cancellationToken);
        }
    }

    private static void Run(Func<Task> work) => _ = Task.Run(work);

    private ServerFailure StillRuns() => new(ServerFailureReason.StopFailed, $"{key} could not be stopped and still runs.");

    /// <summary>Under the lock: begins to stop a running server.</summary>
    private ServerOperation BeginStop()
    {
        var (operation, current) = (new ServerOperation(), record!);
        working = stopping = operation;
        _ = watching?.CancelAsync();
        status = status with { Phase = ServerPhase.Stopping };
        Run(() => StopAsync(operation, current));
        return operation;
    }

    /// <summary>A start got as far as its row, or its address.</summary>
    private void Follow(ServerOperation operation, ServerRecord started)
    {
        lock (gate)
        {
            if (working == operation)
            {
                record = started;
                status = status with { Url = started.Address };
            }
        }
    }

    private bool TryRun(ServerOperation operation, ServerRecord started)
    {
        lock (gate)
        {
            // A stop that came first wins, also at the last moment.
            if (operation.Cancelled.IsCancellationRequested || status.Phase == ServerPhase.Stopping)
            {
                return false;
            }

            working = null;
            progress.Forget();
            EnterRunning(started);
            return true;
        }
    }

    private void EnterRunning(ServerRecord started)
    {
        record = started;
        status = new ServerStatus(ServerPhase.Running) { Started = started.Started, Url = started.Address };
        watching = new CancellationTokenSource();
        var cancelled = watching.Token;
        Run(() => WatchAsync(started, cancelled));
    }

    /// <summary>Under the lock: nothing runs and nothing is under way.</summary>
    private void Settle(ServerFailure? failure)
    {
        _ = watching?.CancelAsync();
        (working, stopping, record, watching, removing) = (null, null, null, null, false);
        status = failure is null ? ServerStatus.Stopped : ServerStatus.Stopped with { Failure = failure };
    }
}
