namespace JupyterHub.Client.Models;

/// <summary>A part of the hub.</summary>
public sealed record HubComponent
{
    /// <summary>Its class.</summary>
    public string? Class { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }
}
