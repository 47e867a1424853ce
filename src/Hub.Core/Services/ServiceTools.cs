using JupyterHub.Core.Addressing;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

/// <summary>What every step of a managed service's life works with.</summary>
internal sealed record ServiceTools(
    IHubDatabase Database,
    ServiceEnvironment Environment,
    ServiceRoutes Routes,
    ReadinessProbe Probe,
    HubAddresses Addresses,
    TimeProvider Time,
    ILogger<ManagedServices> Logger,
    IServiceLauncher? Launcher = null);
