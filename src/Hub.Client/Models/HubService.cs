using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>A service of the hub. A member is null when the caller's scopes do not reveal it.</summary>
public sealed record HubService
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the service's roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>True for administrators.</summary>
    public bool? Admin { get; init; }

    /// <summary>Where the hub reaches it.</summary>
    public string? Url { get; init; }

    /// <summary>Path below which browsers reach it.</summary>
    public string? Prefix { get; init; }

    /// <summary>The command of a managed service.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Process id of a managed service; 0 when there is none.</summary>
    public int? Pid { get; init; }

    /// <summary>What its configuration says about it.</summary>
    public JsonObject? Info { get; init; }

    /// <summary>True when the hub's pages show it.</summary>
    public bool? Display { get; init; }
}
