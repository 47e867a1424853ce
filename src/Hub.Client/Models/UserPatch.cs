using System.Text.Json.Nodes;

namespace JupyterHub.Client.Models;

/// <summary>Changes of a user; null members stay as they are.</summary>
public sealed record UserPatch
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the user is an administrator.</summary>
    public bool? Admin { get; init; }

    /// <summary>The authenticator's state.</summary>
    public JsonObject? AuthState { get; init; }
}
