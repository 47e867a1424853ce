namespace JupyterHub.Client.Models;

/// <summary>How far a start or stop had come when the hub answered.</summary>
public enum ServerChange
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It goes on.</summary>
    Pending,
}
