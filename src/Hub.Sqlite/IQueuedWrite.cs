using JupyterHub.Core.Data;

namespace JupyterHub.Sqlite;

/// <summary>A write that waits for its turn. What goes wrong reaches whoever asked for the write, never the queue.</summary>
internal interface IQueuedWrite
{
    /// <summary>Takes it out of waiting; false if it was cancelled before.</summary>
    bool TryStart();

    /// <summary>Writes into the transaction that is open. Its caller learns nothing yet.</summary>
    Task RunAsync(HubDbContext context);

    /// <summary>What it wrote is committed: its caller goes on.</summary>
    void Succeed();

    /// <summary>Nothing that it wrote is in the database.</summary>
    void Fail(Exception exception);
}
