namespace JupyterHub.Core.Servers;

/// <summary>What those who watch a server's start see of it. Its lifecycle calls it under its lock, with the status of that moment.</summary>
internal sealed class ServerProgress(ServerKey key, ServerTools tools)
{
    private ProgressLog? log;

    /// <summary>The last event of a start that succeeded.</summary>
    public ProgressEvent Ready => ProgressEvent.ReadyAt(tools.PrefixOf(key));

    /// <summary>A start begins, of which the last one's events are no part.</summary>
    public ProgressLog Begin() => log = new ProgressLog();

    /// <summary>The start is over and the server runs.</summary>
    public void Forget() => log = null;

    /// <summary>The events of the start under way, or of the last one while its failure is remembered.</summary>
    public IReadOnlyList<ProgressEvent> Of(ServerStatus status) => log is not null && (!log.IsComplete || status.Failure is not null) ? log.Events : [];

    /// <summary>The events of the start under way, or the one event that tells how the last one ended.</summary>
    /// <exception cref="ServerOperationException">It is not being started, does not run and did not fail.</exception>
    public IAsyncEnumerable<ProgressEvent> Watch(ServerStatus status, CancellationToken cancellationToken)
    {
        if (status.IsReady)
        {
            return Single(Ready);
        }

        if (log is { IsComplete: false })
        {
            return log.ReadAsync(cancellationToken);
        }

        return status.Failure is { } failure
            ? Single(ProgressEvent.FailedBecause(failure))
            : throw ServerOperationException.NotStarting(key);
    }

    private static async IAsyncEnumerable<ProgressEvent> Single(ProgressEvent item)
    {
        await Task.CompletedTask;
        yield return item;
    }
}
