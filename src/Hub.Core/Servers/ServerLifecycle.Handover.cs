namespace JupyterHub.Core.Servers;

/// <content>A server that goes on without this hub: another one has it, or the next one will find it.</content>
internal sealed partial class ServerLifecycle
{
    /// <summary>Another hub owns the server now: forget it, touch nothing of it.</summary>
    public void GiveUp()
    {
        ServerOperation? abandoned;
        lock (gate)
        {
            abandoned = working;
            if (status.IsReady)
            {
                Settle(null);
            }
        }

        abandoned?.Abandon(ServerFailure.OwnershipLost);
        settled(this);
    }

    /// <summary>The hub goes and the server stays: whoever comes next finds it. A start that knows no address yet is undone.</summary>
    public async Task LeaveAsync()
    {
        ServerRecord? running;
        ServerOperation? under;
        bool abandon;
        lock (gate)
        {
            running = status.IsReady ? record : null;
            under = working;
            abandon = status.Phase == ServerPhase.Checking || status is { Phase: ServerPhase.Starting, Url: not null };
            if (running is not null)
            {
                Settle(null);
            }
        }

        if (running is not null)
        {
            await ServerTeardown.ReleaseLeaseAsync(tools, running);
        }
        else if (abandon)
        {
            under!.Abandon(ServerFailure.ShuttingDown);
            await under.Completion;
        }
        else
        {
            await Stop(ServerFailure.ShuttingDown).Completion;
        }
    }
}
