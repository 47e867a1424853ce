namespace JupyterHub.Core.Servers;

/// <summary>What the state machine knows of a server at one moment.</summary>
internal sealed record ServerStatus(ServerPhase Phase)
{
    /// <summary>A server that does not run, of which nothing else is known.</summary>
    public static ServerStatus Stopped { get; } = new(ServerPhase.Stopped);

    /// <summary>Why the last start failed; null if it did not. Kept until the next start.</summary>
    public ServerFailure? Failure { get; init; }

    /// <summary>When it was started (UTC); null while it does not run.</summary>
    public DateTime? Started { get; init; }

    /// <summary>Origin that it listens at, once known.</summary>
    public Uri? Url { get; init; }

    /// <summary>It runs and nothing is under way.</summary>
    public bool IsReady => Phase == ServerPhase.Running;

    /// <summary>It runs, or something is under way.</summary>
    public bool IsActive => Phase != ServerPhase.Stopped;

    /// <summary>What is under way, as the API names it: <c>spawn</c>, <c>stop</c>, <c>check</c>, <c>rename</c> or null.</summary>
    public string? Pending => Phase switch
    {
        ServerPhase.Starting => "spawn",
        ServerPhase.Stopping => "stop",
        ServerPhase.Checking => "check",
        ServerPhase.Renaming => "rename",
        _ => null,
    };
}
