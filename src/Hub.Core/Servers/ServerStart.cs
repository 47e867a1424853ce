using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <summary>One start, from the first row to the route. It leaves undoing to whoever runs it; <see cref="Record"/> says what there is to undo.</summary>
internal sealed class ServerStart(ServerTools tools, ServerKey key, ServerOperation operation, ProgressLog progress, ServerChoices choices, Action<ServerRecord> advanced) : ISpawnObserver
{
    private const int MaxStateLength = 64 * 1024;

    /// <summary>A spawner that was told to give up gets this long to say what it has started.</summary>
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(10);

    private volatile ServerRecord? record;
    private volatile bool spawned;

    /// <summary>What is known of the server so far; null if there is nothing to undo.</summary>
    public ServerRecord? Record => record;

    /// <exception cref="ServerFailureException">The start failed for a reason that the owner may read.</exception>
    /// <exception cref="ServerOperationException">The start was refused and nothing was written.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public async Task RunAsync()
    {
        var cancelled = operation.Cancelled;
        var credentials = await PrepareAsync(cancelled);
        operation.MarkRecorded();
        Log.StartBegun(tools.Logger, record!.SpawnerId);
        await SpawnAsync(credentials, cancelled);
        await WaitUntilAnsweringAsync(credentials, cancelled);
        await AddRouteAsync(cancelled);
        await tools.Ledger.RequireAsync(record!, cancelled);
    }

    public void Report(string message, int percent)
    {
        if (!spawned)
        {
            progress.Report(message, percent);
        }
    }

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken)
    {
        if (operation.IsAbandoned)
        {
            return Task.CompletedTask;
        }

        record = record! with { State = Accept(state) };
        return tools.Ledger.SaveStateAsync(record, cancellationToken);
    }

    private async Task<ServerCredentials> PrepareAsync(CancellationToken cancelled)
    {
        // Once begun, a write is awaited to its end: cancelling it would leave open what was written.
        var opened = await tools.Inventory.OpenAsync(key, tools.PrefixOf(key), choices, CancellationToken.None);
        if (!await tools.Leases.TryAcquireAsync(opened.SpawnerId, CancellationToken.None))
        {
            throw ServerOperationException.OwnedElsewhere(key);
        }

        record = opened;
        advanced(opened);
        foreach (var option in choices.Dropped)
        {
            progress.Report($"What was chosen last for {option} is not possible any more: the default is used.", 0);
        }

        cancelled.ThrowIfCancellationRequested();
        var scopes = await tools.TokenScopes.OfAsync(opened, cancelled);
        var credentials = ServerCredentials.Create(key, scopes, tools.Options.OauthClientAllowedScopes);
        record = await tools.Ledger.BeginAsync(opened, credentials, choices, CancellationToken.None);
        cancelled.ThrowIfCancellationRequested();
        return credentials;
    }

    private async Task SpawnAsync(ServerCredentials credentials, CancellationToken cancelled)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(tools.Options.StartTimeout), tools.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, timeout.Token);
        try
        {
            var request = await RequestAsync(credentials, either.Token);
            var server = await StartAsync(request, either.Token);
            spawned = true;
            if (!ServerAddress.IsOrigin(server.Address))
            {
                throw new SpawnException("The spawner told no address of scheme, host and port.");
            }

            record = record! with { Address = server.Address };
            advanced(record);
            await tools.Ledger.SaveStateAsync(record, CancellationToken.None);
            either.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            throw Failure(ServerFailureReason.TimedOut, $"The server did not start within {tools.Options.StartTimeout:0.###} seconds (JupyterHub:Spawner:StartTimeout).");
        }
    }

    private async Task<SpawnRequest> RequestAsync(ServerCredentials credentials, CancellationToken cancellationToken)
    {
        var variables = tools.Environment.For(record!, credentials.Token);
        var state = tools.AuthStates is { IsEnabled: true } states ? await states.ReadAsync(key.UserName, cancellationToken) : null;
        if (tools.Options.AuthStateHook is { } hook)
        {
            var context = new AuthStateContext(key.UserName, key.ServerName, (JsonObject?)state?.DeepClone());
            await hook(context, cancellationToken);
            foreach (var (name, value) in context.Environment)
            {
                variables[name] = value;
            }
        }

        return new SpawnRequest
        {
            UserName = key.UserName,
            ServerName = key.ServerName,
            ServicePrefix = record!.Prefix,
            BasePath = tools.Addresses.BasePath,
            HubEnvironment = variables,
            AuthState = state,
            UserOptions = choices.CompleteOptions ?? choices.UserOptions ?? await tools.Ledger.OptionsOfAsync(record, cancellationToken),
            Observer = this,
        };
    }

    /// <summary>Waits for the spawner, which may be deaf to cancellation, without losing what it started.</summary>
    private async Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken)
    {
        // A spawner that blocks before its first await must not hold anybody up.
        var start = Task.Run(() => HubTrace.CallAsync("spawner.start", () => tools.Spawner.StartAsync(request, cancellationToken)), CancellationToken.None);
        try
        {
            await start.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!start.IsCompleted)
        {
            await Task.WhenAny(start, Task.Delay(CancelGrace, tools.Time, CancellationToken.None));
            if (!start.IsCompleted)
            {
                throw;
            }
        }

        var server = await start;
        record = record! with { State = Accept(server.State) };
        return server;
    }

    private async Task WaitUntilAnsweringAsync(ServerCredentials credentials, CancellationToken cancelled)
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var answering = tools.Probe.WaitAsync(record!, decided.Token);
        var exit = WatchForExitAsync(decided.Token);
        var first = await Task.WhenAny(answering, exit);
        await decided.CancelAsync();
        await Task.WhenAll(Quiet(answering), Quiet(exit));
        cancelled.ThrowIfCancellationRequested();
        if (first == exit)
        {
            throw Failure(ServerFailureReason.Exited, ExitMessage(await exit, credentials));
        }

        if (!await answering)
        {
            throw Failure(
                ServerFailureReason.Unresponsive,
                $"The server runs but did not answer at {record!.Address} within {tools.Options.HttpTimeout:0.###} seconds (JupyterHub:Spawner:HttpTimeout).");
        }
    }

    private async Task<ServerCondition> WatchForExitAsync(CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromSeconds(0.2); ; pause = pause < TimeSpan.FromSeconds(2) ? pause * 1.3 : pause)
        {
            var condition = await tools.PollAsync(record!, cancellationToken);
            if (!condition.IsRunning)
            {
                return condition;
            }

            await Task.Delay(pause, tools.Time, cancellationToken);
        }
    }

    private string ExitMessage(ServerCondition condition, ServerCredentials credentials)
    {
        var status = condition.ExitStatus is { } known ? $"{known}" : "unknown";
        var message = $"Spawner failed to start [status={status}]. The logs for {key} may contain details.";
        // A server that prints its environment when it dies must not show the token to whoever may read its progress.
        return string.IsNullOrEmpty(condition.Detail)
            ? message
            : $"{message} Last lines: {condition.Detail.Replace(credentials.Token, "…", StringComparison.Ordinal)}";
    }

    private async Task AddRouteAsync(CancellationToken cancelled)
    {
        try
        {
            using var turn = await tools.RouteTurns.TakeAsync(key, cancelled);
            await tools.Proxy.AddRouteAsync(record!.Route, cancelled);
        }
        catch (Exception exception) when (!cancelled.IsCancellationRequested)
        {
            throw new ServerFailureException(new ServerFailure(ServerFailureReason.RouteFailed, "The server runs, but the proxy could not add its route."), exception);
        }
    }

    private static JsonObject Accept(JsonObject state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, ServersJson.Default.JsonObject).Length <= MaxStateLength
            ? (JsonObject)state.DeepClone()
            : throw new SpawnException($"The spawner's state of this server is larger than {MaxStateLength} bytes.");

    private static ServerFailureException Failure(ServerFailureReason reason, string message) => new(new ServerFailure(reason, message));

    private static Task Quiet(Task task) => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
