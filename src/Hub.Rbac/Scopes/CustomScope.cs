namespace JupyterHub.Rbac.Scopes;

/// <summary>A scope that a host defines for its own services (contract 4.9).</summary>
/// <param name="Name">Begins with <c>custom:</c>.</param>
/// <param name="Description">One sentence for the people who are asked to grant it.</param>
/// <param name="Subscopes">Custom scopes that it implies, defined together with it; null for none.</param>
public sealed record CustomScope(string Name, string Description, IReadOnlyList<string>? Subscopes = null);
