using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Services;

/// <summary>Runs services as processes. What it must know to find one again after the hub died is its own to keep.</summary>
internal interface IServiceLauncher
{
    /// <summary>A port that is free at an address of this machine.</summary>
    /// <exception cref="SpawnException">The address is not this machine's, or no port is free.</exception>
    int FindPort(string host);

    /// <summary>Starts a service's process; one of it that a hub before this left behind is ended first.</summary>
    /// <exception cref="SpawnException">It cannot be started, with a reason that names what to change.</exception>
    Task<IServiceProcess> StartAsync(ServiceLaunch launch, CancellationToken cancellationToken);

    /// <summary>Ends all processes of services that hubs before this left behind.</summary>
    Task EndLeftoversAsync(CancellationToken cancellationToken);
}
