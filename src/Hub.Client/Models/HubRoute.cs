using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>A route of the proxy.</summary>
public sealed record HubRoute
{
    /// <summary>What is routed, such as <c>/user/ada/</c>.</summary>
    public required string Routespec { get; init; }

    /// <summary>Where to.</summary>
    public string? Target { get; init; }

    /// <summary>What the hub keeps with the route.</summary>
    public JsonObject? Data { get; init; }
}
