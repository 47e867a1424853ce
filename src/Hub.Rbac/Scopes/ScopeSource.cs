namespace JupyterHub.Rbac.Scopes;

/// <summary>One row of the built-in table.</summary>
internal sealed record ScopeSource(string Name, string Description, params string[] Subscopes);
