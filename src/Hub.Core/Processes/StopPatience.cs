namespace JupyterHub.Core.Processes;

/// <summary>How long a process may take to end after each signal, before the next.</summary>
internal readonly record struct StopPatience(TimeSpan Interrupt, TimeSpan Terminate, TimeSpan Kill);
