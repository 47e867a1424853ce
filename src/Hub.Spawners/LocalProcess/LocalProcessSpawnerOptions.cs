using System.ComponentModel.DataAnnotations;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Settings of spawners that start servers as processes on the hub's own machine.</summary>
public class LocalProcessSpawnerOptions : SpawnerOptions
{
    /// <summary>Seconds that a server may take to end after SIGINT, before SIGTERM.</summary>
    [Range(0, 86400)]
    public double InterruptTimeout { get; set; } = 30;

    /// <summary>Seconds that a server may take to end after SIGTERM, before SIGKILL.</summary>
    [Range(0, 86400)]
    public double TermTimeout { get; set; } = 30;

    /// <summary>Seconds that a server may take to vanish after SIGKILL, before the stop counts as failed.</summary>
    [Range(0, 86400)]
    public double KillTimeout { get; set; } = 5;

    /// <summary>
    /// A shell to start the command with, such as <c>bash -l -c</c>: the quoted command becomes its last argument. Empty for none.
    /// Users who can change what their shell does at start can then change what runs.
    /// </summary>
    public IList<string> ShellCmd { get; set; } = [];
}
