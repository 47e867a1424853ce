using JupyterHub.Core.Processes;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>A proxy that runs.</summary>
/// <param name="Identity">Its process.</param>
/// <param name="IsChild">True if this hub started it; false if an earlier one did.</param>
/// <param name="Began">When this hub began to look after it.</param>
internal sealed record ChpProcess(ProcessIdentity Identity, bool IsChild, long Began);
