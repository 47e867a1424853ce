namespace JupyterHub.Core.Spawning;

/// <summary>What a poll found.</summary>
public sealed record ServerCondition
{
    private ServerCondition(bool isRunning, int? exitStatus, string? detail) => (IsRunning, ExitStatus, Detail) = (isRunning, exitStatus, detail);

    /// <summary>The server runs, or nothing is known to the contrary.</summary>
    public static ServerCondition Running { get; } = new(true, null, null);

    /// <summary>True while the server runs.</summary>
    public bool IsRunning { get; }

    /// <summary>The exit status, when it ended and the status is known; negative for a signal.</summary>
    public int? ExitStatus { get; }

    /// <summary>What its owner may read about the end, such as the last lines of its log.</summary>
    public string? Detail { get; }

    /// <summary>The server ended.</summary>
    public static ServerCondition Exited(int? exitStatus, string? detail = null) => new(false, exitStatus, detail);
}
