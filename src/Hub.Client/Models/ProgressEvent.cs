namespace JupyterHub.Client.Models;

/// <summary>One step of a server's start.</summary>
public sealed record ProgressEvent
{
    /// <summary>How far it has come, 0 to 100.</summary>
    public double? Progress { get; init; }

    /// <summary>What happens, as text.</summary>
    public string? Message { get; init; }

    /// <summary>What happens, as HTML of the spawner's: show it only if you trust the hub's spawner.</summary>
    public string? HtmlMessage { get; init; }

    /// <summary>True in the last event of a start that succeeded.</summary>
    public bool Ready { get; init; }

    /// <summary>True in the last event of a start that failed.</summary>
    public bool Failed { get; init; }

    /// <summary>Where the server is, when it is ready.</summary>
    public string? Url { get; init; }
}
