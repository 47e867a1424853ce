namespace JupyterHub.Client.Models;

/// <summary>What the hub runs on.</summary>
public sealed record HubInfo
{
    /// <summary>Version of the hub.</summary>
    public required string Version { get; init; }

    /// <summary>Version of its runtime.</summary>
    public string? Python { get; init; }

    /// <summary>The program that runs it.</summary>
    public string? SysExecutable { get; init; }

    /// <summary>Its spawner.</summary>
    public HubComponent? Spawner { get; init; }

    /// <summary>Its authenticator.</summary>
    public HubComponent? Authenticator { get; init; }
}
