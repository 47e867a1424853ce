namespace JupyterHub.Core.Configuration;

/// <summary>A spawner or authenticator that the configuration chose, with its settings.</summary>
internal sealed record SelectedComponent(string Name, Type Implementation, object Options);
