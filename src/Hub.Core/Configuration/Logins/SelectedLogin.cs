namespace JupyterHub.Core.Configuration.Logins;

/// <summary>A redirect login that code or configuration declares.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Component">Its implementation, with its settings.</param>
internal sealed record SelectedLogin(string Name, SelectedComponent Component);
