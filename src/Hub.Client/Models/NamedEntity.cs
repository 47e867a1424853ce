namespace JupyterHub.Client.Models;

/// <summary>A user or group of a share.</summary>
public sealed record NamedEntity
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }
}
