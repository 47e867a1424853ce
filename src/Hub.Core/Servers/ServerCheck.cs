namespace JupyterHub.Core.Servers;

/// <summary>Looks whether a server that an earlier hub started still runs, and takes it over.</summary>
internal static class ServerCheck
{
    /// <summary>Null if the server runs and has its route; otherwise why it must be cleaned up.</summary>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static async Task<string?> RunAsync(ServerTools tools, ServerRecord record, bool mayRun, CancellationToken cancelled)
    {
        if (!mayRun)
        {
            return "its owner is blocked";
        }

        if (!(await tools.PollAsync(record, cancelled)).IsRunning)
        {
            return "it has ended";
        }

        if (record.Address is null)
        {
            return "its start was not finished";
        }

        if (!await tools.Probe.WaitAsync(record, cancelled))
        {
            return "it does not answer";
        }

        using var turn = await tools.RouteTurns.TakeAsync(record.Key, cancelled);
        await tools.Proxy.AddRouteAsync(record.Route, cancelled);
        return null;
    }
}
