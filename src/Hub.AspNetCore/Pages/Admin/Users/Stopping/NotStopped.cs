using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;

/// <summary>A server that could not be stopped.</summary>
/// <param name="Server">The server.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record NotStopped(ServerKey Server, string Reason);
