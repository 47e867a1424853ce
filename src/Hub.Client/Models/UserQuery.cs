namespace JupyterHub.Client.Models;

/// <summary>Which users are listed, and how.</summary>
public sealed record UserQuery
{
    /// <summary>Only users whose servers are in this state.</summary>
    public UserState? State { get; init; }

    /// <summary>Only names that contain this text, in whatever case (hubs since 4.0).</summary>
    public string? NameFilter { get; init; }

    /// <summary><c>id</c>, <c>name</c> or <c>last_activity</c>; with a minus in front, backwards (hubs since 5.0).</summary>
    public string? Sort { get; init; }

    /// <summary>Whether stopped servers are shown too (hubs since 3.0).</summary>
    public bool IncludeStoppedServers { get; init; }

    /// <summary>Users a page; null for the hub's default.</summary>
    public int? PageSize { get; init; }
}
