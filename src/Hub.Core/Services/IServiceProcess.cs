using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Services;

/// <summary>A process of a service, from its start to its end.</summary>
internal interface IServiceProcess
{
    int Pid { get; }

    /// <summary>Waits until it ended by itself, and tells how.</summary>
    Task<ServerCondition> WaitForExitAsync(CancellationToken cancellationToken);

    /// <summary>Ends it with all that it started, politely first; at once when cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
