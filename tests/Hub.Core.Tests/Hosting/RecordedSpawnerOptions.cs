using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Hosting;

/// <summary>The settings that recorded hubs have of a spawner that lives in another assembly.</summary>
internal sealed class RecordedSpawnerOptions : SpawnerOptions
{
    public double InterruptTimeout { get; set; }

    public double TermTimeout { get; set; }

    public double KillTimeout { get; set; }
}
