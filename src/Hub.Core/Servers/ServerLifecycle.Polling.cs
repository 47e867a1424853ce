namespace JupyterHub.Core.Servers;

/// <content>Whether a server that runs still lives.</content>
internal sealed partial class ServerLifecycle
{
    /// <summary>Looks now whether a running server still lives. False if it does not run any more, after it was cleaned up.</summary>
    public async Task<bool> VerifyAsync(CancellationToken cancellationToken)
    {
        if (RunningRecord is not { } current)
        {
            return false;
        }

        var condition = await tools.PollAsync(current, cancellationToken);
        if (condition.IsRunning)
        {
            return true;
        }

        await Bury(current, condition.ExitStatus).Completion.WaitAsync(cancellationToken);
        return false;
    }

    private async Task WatchAsync(ServerRecord watched, CancellationToken cancelled)
    {
        // What goes on for days is no part of the request that began it.
        System.Diagnostics.Activity.Current = null;
        try
        {
            while (tools.Options.PollInterval > 0)
            {
                var spread = tools.Options.PollJitter * ((Random.Shared.NextDouble() * 2) - 1);
                await Task.Delay(TimeSpan.FromSeconds(Math.Max(0.05, tools.Options.PollInterval * (1 + spread))), tools.Time, cancelled);
                var condition = await tools.PollAsync(watched, cancelled);
                if (!condition.IsRunning)
                {
                    Bury(watched, condition.ExitStatus);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server is being stopped, or is not ours any more.
        }
    }

    /// <summary>Cleans up after a server that ended by itself, unless that is already being done.</summary>
    private ServerOperation Bury(ServerRecord dead, int? exitStatus)
    {
        lock (gate)
        {
            if (!status.IsReady || record != dead)
            {
                return stopping ?? ServerOperation.Done;
            }

            Log.Died(tools.Logger, dead.SpawnerId, exitStatus);
            return BeginStop();
        }
    }
}
