using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Hosting;

/// <summary>What one call of <c>AddJupyterHub</c> sets in code.</summary>
internal sealed record HubDefaults(Action<JupyterHubOptions> Configure);
