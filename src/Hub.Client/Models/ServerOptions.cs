using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>How a server is created or started.</summary>
public sealed record ServerOptions
{
    /// <summary>Name for people; hubs before 6.0 know none and take it for an option.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Options for the spawner; null keeps the saved ones, an empty object clears them.</summary>
    public JsonObject? UserOptions { get; init; }
}
