using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>Changes of a stopped server; null members stay as they are.</summary>
public sealed record ServerPatch
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The new saved options.</summary>
    public JsonObject? UserOptions { get; init; }
}
