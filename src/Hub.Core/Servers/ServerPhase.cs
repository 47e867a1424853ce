namespace JupyterHub.Core.Servers;

/// <summary>Where a server's life stands.</summary>
internal enum ServerPhase
{
    /// <summary>It does not run.</summary>
    Stopped,

    /// <summary>It is being started and does not answer yet.</summary>
    Starting,

    /// <summary>It answers and has its route.</summary>
    Running,

    /// <summary>It is being stopped, or its start is being undone.</summary>
    Stopping,

    /// <summary>It ran when the hub was last alive; the hub looks whether it still does.</summary>
    Checking,

    /// <summary>It does not run, and is being given another name.</summary>
    Renaming,
}
