namespace JupyterHub.Rbac.Roles;

/// <summary>A role whose description or scopes change.</summary>
/// <param name="Before">As it is.</param>
/// <param name="After">As it will be.</param>
public sealed record RoleUpdate(StoredRole Before, StoredRole After)
{
    /// <summary>Raw scopes that holders gain: worth a look at start-up.</summary>
    public IReadOnlyList<string> GainedScopes => After.Scopes.Except(Before.Scopes, StringComparer.Ordinal).ToArray();
}
