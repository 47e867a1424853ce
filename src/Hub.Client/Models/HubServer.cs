using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>A user's server. A member is null when the hub is too old to know it.</summary>
public sealed record HubServer
{
    /// <summary>The name; empty for the default server.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people (hubs since 6.0).</summary>
    public string? DisplayName { get; init; }

    /// <summary>Owner and name: <c>ada/lab</c> (hubs since 6.0).</summary>
    public string? FullName { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastActivity { get; init; }

    /// <summary>When it was started; null while it is stopped.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>What it is doing: <c>spawn</c>, <c>stop</c>, <c>check</c> or <c>rename</c>; null when nothing.</summary>
    public string? Pending { get; init; }

    /// <summary>True when it can be used.</summary>
    public bool Ready { get; init; }

    /// <summary>True when it neither runs nor is pending.</summary>
    public bool? Stopped { get; init; }

    /// <summary>Its path, absolute where servers have hosts of their own.</summary>
    public string? Url { get; init; }

    /// <summary>Its whole address, where the hub knows its own.</summary>
    public string? FullUrl { get; init; }

    /// <summary>Path of its progress stream.</summary>
    public string? ProgressUrl { get; init; }

    /// <summary>Options it was started with.</summary>
    public JsonObject? UserOptions { get; init; }

    /// <summary>State of its spawner; needs <c>admin:server_state</c>.</summary>
    public JsonObject? State { get; init; }
}
