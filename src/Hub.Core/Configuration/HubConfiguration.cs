using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Logins;

namespace JupyterHub.Core.Configuration;

/// <summary>What the configuration says in the end: read once at start, checked as a whole.</summary>
/// <param name="Hub">Settings of the hub.</param>
/// <param name="Authenticator">The authenticator chosen, with its settings; null if none is registered.</param>
/// <param name="Spawner">The spawner chosen, with its settings; null if none is registered.</param>
/// <param name="Proxy">The proxy chosen, with its settings; null for tools.</param>
/// <param name="Logins">The redirect logins, in the order in which they were declared.</param>
/// <param name="Origins">Where each setting was given.</param>
/// <param name="Files">The files that speak of the hub, the weakest first; for the start message.</param>
internal sealed record HubConfiguration(
    JupyterHubOptions Hub,
    SelectedComponent? Authenticator,
    SelectedComponent? Spawner,
    SelectedComponent? Proxy,
    IReadOnlyList<SelectedLogin> Logins,
    SettingOrigins Origins,
    IReadOnlyList<string> Files);
