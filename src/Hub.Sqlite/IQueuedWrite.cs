namespace JupyterHub.Sqlite;

/// <summary>A write that waits for its turn.</summary>
internal interface IQueuedWrite
{
    /// <summary>Runs it, unless it was cancelled before; what goes wrong reaches whoever asked for the write, never the queue.</summary>
    Task RunAsync();
}
