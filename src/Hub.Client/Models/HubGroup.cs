using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>A group. A member is null when the caller's scopes do not reveal it or the hub is too old to know it.</summary>
public sealed record HubGroup
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the group's roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Names of the members.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Properties that administrators gave it (hubs since 4.0).</summary>
    public JsonObject? Properties { get; init; }
}
