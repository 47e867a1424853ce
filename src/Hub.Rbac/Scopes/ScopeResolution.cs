namespace JupyterHub.Rbac.Scopes;

/// <summary>What remains of requested scopes, given those that are held.</summary>
/// <param name="Allowed">Raw or expanded scopes that may be given, sorted.</param>
/// <param name="Refused">Raw scopes that were not held completely, sorted; a part of them may stand in <paramref name="Allowed"/>.</param>
public sealed record ScopeResolution(IReadOnlyList<string> Allowed, IReadOnlyList<string> Refused);
